import type { Later } from '../login/deps';
import { describeError, logEvent } from './log';
import { outsideRequest } from './outside-request';

const maxRunning = 32;
/** With Kakao silent for 3 s each, the last of them waits 12 s. */
const maxWaiting = 100;

interface LaterOfProcess extends Later {
  /** Resolves when nothing runs and nothing waits. */
  readonly idle: () => Promise<void>;
}

/** Runs work after the answer, outside of any request: 32 at a time, in the order in which it came. What fails is logged. */
export function createLater(): LaterOfProcess {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;
  let whenIdle: (() => void)[] = [];
  async function runWaiting(): Promise<void> {
    for (let work = waiting.shift(); work; work = waiting.shift()) {
      await work().catch((error: unknown) =>
        logEvent('warn', 'later.failed', { error: describeError(error) }),
      );
    }
    running -= 1;
    if (running > 0) return;
    for (const resolve of whenIdle) resolve();
    whenIdle = [];
  }
  return {
    hasRoom: () => waiting.length < maxWaiting,
    run: (work) => {
      waiting.push(work);
      if (running === maxRunning) return;
      running += 1;
      outsideRequest(() => setImmediate(() => void runWaiting()));
    },
    idle: () => (running === 0 ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve))),
  };
}
