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
  /** Whether a state was finished so long ago that its session is handed out no more. */
  isOver(state: string): boolean;
}

/** A failed flow is kept too: its code is spent. */
type Outcome = { readonly at: number } & ({ readonly flow: FinishedFlow } | { readonly error: unknown });

/** A browser that repeats a callback does so at once. */
const handOutMs = 60_000;
/** As long as a flow can come back: what was finished is not finished again. */
const keepMs = 600_000;
const maxKept = 5_000;

/**
 * An empty memory: at most 5,000 outcomes, for ten minutes each, whose session is handed out for one minute. They are kept as plain values, because a promise holds
 * the request that made it (its asynchronous context); there is one only while a flow is being finished.
 */
export function createFinishedFlows(now: () => number = Date.now): FinishedFlows {
  const running = new Map<string, Promise<FinishedFlow>>();
  const outcomes = new Map<string, Outcome>();
  async function run(state: string, finish: () => Promise<FinishedFlow>): Promise<FinishedFlow> {
    try {
      const flow = await finish();
      outcomes.set(state, { flow, at: now() });
      return flow;
    } catch (error) {
      outcomes.set(state, { error, at: now() });
      throw error;
    } finally {
      running.delete(state);
      forgetOld(outcomes, now());
    }
  }
  return {
    async once(state, finish) {
      forgetOld(outcomes, now());
      const known = outcomes.get(state);
      if (known && 'error' in known) throw known.error;
      if (known) return known.flow;
      const started = running.get(state) ?? run(state, finish);
      running.set(state, started);
      return started;
    },
    async find(state) {
      forgetOld(outcomes, now());
      const known = outcomes.get(state);
      if (known) return 'flow' in known ? known.flow : null;
      return (await running.get(state)?.catch(() => null)) ?? null;
    },
    isOver(state) {
      const known = outcomes.get(state);
      return known !== undefined && 'flow' in known && known.at + handOutMs <= now();
    },
  };
}

function forgetOld(outcomes: Map<string, Outcome>, now: number): void {
  for (const [state, { at }] of outcomes) {
    if (at + keepMs > now && outcomes.size <= maxKept) return;
    outcomes.delete(state);
  }
}
