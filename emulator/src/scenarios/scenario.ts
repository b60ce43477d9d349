import type { Bilingual } from '../world/consent-items.ts';
import { addFault, type Fault, type FaultEffect } from '../world/faults.ts';
import type { World } from '../world/world.ts';

/** A failure by name. */
export interface Scenario {
  readonly name: string;
  /** What happens, in words. */
  readonly what: Bilingual;
  /** Kakao's code, if it has one. */
  readonly code: string | number | null;
  /** Where it may happen, the usual place first. */
  readonly endpoints: readonly string[];
  /** Whether it happens at all of them, instead of the usual or the named one. */
  readonly everywhere: boolean;
  readonly effect: FaultEffect;
  /** A page of developers.kakao.com/docs/ko, or where else it is known from. */
  readonly source: string;
}

/** For whom, where and how often a scenario happens. */
export interface ScenarioOrder {
  /** One of the scenario's endpoints; otherwise the usual one, or all. */
  readonly endpoint?: string;
  /** Only for calls about this person. */
  readonly userId?: string;
  /** Only for calls with this platform key. */
  readonly clientId?: string;
  /** How often at each endpoint, once unless told. */
  readonly times?: number;
  readonly always?: boolean;
}

/** Turns a scenario on by adding a fault at each of its endpoints; returns those faults. */
export function applyScenario(world: World, scenario: Scenario, order: ScenarioOrder): Fault[] {
  const { endpoint, times = 1, always, userId, clientId } = order;
  const usual = scenario.everywhere ? scenario.endpoints : scenario.endpoints.slice(0, 1);
  const match = { ...(userId ? { userId } : {}), ...(clientId ? { clientId } : {}) };
  const condition = userId || clientId ? { match } : {};
  return (endpoint ? [endpoint] : usual).map((path) =>
    addFault(world.faults, path, always ? Number.POSITIVE_INFINITY : times, scenario.effect, condition),
  );
}
