import { addFault, type Fault } from '../world/faults.ts';
import type { World } from '../world/world.ts';
import type { Scenario } from './scenario.ts';

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

/** Turns a scenario on: the faults that do it, one for each endpoint. */
export function applyScenario(world: World, scenario: Scenario, order: ScenarioOrder): Fault[] {
  const { endpoint, times = 1, always, userId, clientId } = order;
  const usual = scenario.everywhere ? scenario.endpoints : scenario.endpoints.slice(0, 1);
  const match = { ...(userId ? { userId } : {}), ...(clientId ? { clientId } : {}) };
  const condition = userId || clientId ? { match } : {};
  return (endpoint ? [endpoint] : usual).map((path) =>
    addFault(world.faults, path, always ? Number.POSITIVE_INFINITY : times, scenario.effect, condition),
  );
}
