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

/** A browser that repeats a callback does so at once. */
const handOutMs = 60_000;
/** As long as a flow can come back: what was finished is not finished again. */
const keepMs = 600_000;
/** A failed flow is kept too, because its code is spent. Of each: whoever lets logins fail makes nobody's success forgotten. */
const maxKept = { flows: 20_000, failures: 5_000 } as const;

/**
 * An empty memory: at most 20,000 sessions and 5,000 failures, for ten minutes each; a session is handed out for one
 * minute. They are kept as plain values, because a promise holds the request that made it (its asynchronous context); there
 * is one only while a flow is being finished.
 */
export function createFinishedFlows(now: () => number = Date.now): FinishedFlows {
  const running = new Map<string, Promise<FinishedFlow>>();
  const flows = new Map<string, Dated & { readonly flow: FinishedFlow }>();
  const failures = new Map<string, Dated & { readonly error: unknown }>();
  async function run(state: string, finish: () => Promise<FinishedFlow>): Promise<FinishedFlow> {
    try {
      const flow = await finish();
      flows.set(state, { flow, at: now() });
      return flow;
    } catch (error) {
      failures.set(state, { error, at: now() });
      throw error;
    } finally {
      running.delete(state);
      forgetOld({ flows, failures }, now());
    }
  }
  return {
    async once(state, finish) {
      forgetOld({ flows, failures }, now());
      const failed = failures.get(state);
      if (failed) throw failed.error;
      const known = flows.get(state);
      if (known) return known.flow;
      const started = running.get(state) ?? run(state, finish);
      running.set(state, started);
      return started;
    },
    async find(state) {
      forgetOld({ flows, failures }, now());
      const known = flows.get(state);
      if (known || failures.has(state)) return known?.flow ?? null;
      return (await running.get(state)?.catch(() => null)) ?? null;
    },
    isOver(state) {
      const known = flows.get(state);
      return known !== undefined && known.at + handOutMs <= now();
    },
  };
}

interface Dated {
  readonly at: number;
}

function forgetOld(of: Readonly<Record<keyof typeof maxKept, Map<string, Dated>>>, now: number): void {
  forgetOldest(of.flows, maxKept.flows, now);
  forgetOldest(of.failures, maxKept.failures, now);
}

function forgetOldest(outcomes: Map<string, Dated>, most: number, now: number): void {
  for (const [state, { at }] of outcomes) {
    if (at + keepMs > now && outcomes.size <= most) return;
    outcomes.delete(state);
  }
}
