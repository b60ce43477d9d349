import type { FaultEffect } from '../world/faults.ts';

/** A failure by name. */
export interface Scenario {
  readonly name: string;
  /** What happens, in words. */
  readonly what: string;
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
