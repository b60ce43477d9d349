import type { Later } from '../login/deps';
import { describeError, logEvent } from './log';
import { outsideRequest } from './outside-request';

const maxRunning = 32;
/** With Kakao silent for 3 s each, the last of them waits 12 s. */
const maxWaiting = 100;

/** Runs work after the answer, outside of any request: 32 at a time, in the order in which it came. What fails is logged. */
export function createLater(): Later {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;
  async function runWaiting(): Promise<void> {
    for (let work = waiting.shift(); work; work = waiting.shift()) {
      await work().catch((error: unknown) =>
        logEvent('warn', 'later.failed', { error: describeError(error) }),
      );
    }
    running -= 1;
  }
  return {
    hasRoom: () => waiting.length < maxWaiting,
    run: (work) => {
      waiting.push(work);
      if (running === maxRunning) return;
      running += 1;
      outsideRequest(() => setImmediate(() => void runWaiting()));
    },
  };
}
