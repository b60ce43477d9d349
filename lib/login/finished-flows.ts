/** A finished flow: the session it started, until when (Unix seconds), and where it led. */
export interface FinishedFlow {
  readonly token: string;
  readonly expiresAt: number;
  readonly sid: string;
  readonly returnTo: string;
}

/**
 * Flows that this process has finished or is finishing, by `state`. A callback that arrives twice (double
 * click, reload, a browser that repeats a request) finds the first one here instead of Kakao's KOE320.
 */
export interface FinishedFlows {
  /** Runs `finish` once for a state; others that arrive in time get the same outcome. */
  once(state: string, finish: () => Promise<FinishedFlow>): Promise<FinishedFlow>;
  /** The outcome of a state that was finished here, if it is still known. */
  find(state: string): Promise<FinishedFlow | null>;
}

const keepMs = 600_000;
const maxKept = 5_000;

/** An empty memory: at most 5,000 flows, for ten minutes each. A failed flow is kept too: its code is spent. */
export function createFinishedFlows(now: () => number = Date.now): FinishedFlows {
  const flows = new Map<string, { outcome: Promise<FinishedFlow>; until: number }>();
  function forgetOld(): void {
    for (const [state, { until }] of flows) {
      if (until > now() && flows.size <= maxKept) return;
      flows.delete(state);
    }
  }
  return {
    async once(state, finish) {
      forgetOld();
      const known = flows.get(state);
      if (known) return known.outcome;
      const outcome = finish();
      flows.set(state, { outcome, until: now() + keepMs });
      return outcome;
    },
    async find(state) {
      forgetOld();
      return (await flows.get(state)?.outcome.catch(() => null)) ?? null;
    },
  };
}
