import type { ServerResponse } from 'node:http';
import { Problem } from './problem';

/** So many pages at a time: what they do between two turns of the event loop is all that a health check waits for. */
const maxInside = 8;

/** With 5 ms each, the last of them waits 5 s. */
const maxWaiting = 1_000;

/** Whoever takes longer waits for somebody else, such as Kakao, and needs no place for that, unless the process is behind. */
const maxStayMs = 250;

/** A timer that is later than this says that the process is behind: then it is no wait that takes so long. */
const maxLateMs = 50;

let inside = 0;
const waiting: (() => void)[] = [];

/**
 * A place among those who are answered by Next, kept until the answer is sent, or for a quarter of a second in which the
 * process had time for it. False when the client has gone meanwhile.
 *
 * @throws Problem `UNAVAILABLE` when too many wait
 */
export async function enterGate(response: ServerResponse): Promise<boolean> {
  if (inside >= maxInside) {
    if (waiting.length >= maxWaiting) {
      throw new Problem('UNAVAILABLE', 'Too many requests are under way. Try again in a moment.', {
        'retry-after': '1',
      });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else inside += 1;
  // From here on a place is ours, whether it was free or handed on.
  if (response.destroyed) {
    leave();
    return false;
  }
  let timer = setTimeout(leaveIfIdle, maxStayMs);
  let dueAt = performance.now() + maxStayMs;
  function leaveIfIdle() {
    const now = performance.now();
    if (now <= dueAt + maxLateMs) return leaveOnce();
    dueAt = now + maxStayMs;
    timer = setTimeout(leaveIfIdle, maxStayMs);
  }
  function leaveOnce() {
    clearTimeout(timer);
    response.off('close', leaveOnce);
    leave();
  }
  response.once('close', leaveOnce);
  return true;
}

/** Hands the place on. */
function leave(): void {
  const next = waiting.shift();
  if (next) next();
  else inside -= 1;
}
