import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { env } from '../server/env';
import { outsideRequest } from '../server/outside-request';
import { clientAddress, clientNetwork } from './client-address';
import { Problem } from './problem';

/** What is counted, each by itself. */
type LimitedAction = 'login' | 'callback' | 'api' | 'webhook';

// Sized for a campus behind one address: at least 60 a minute must pass, more than 1,500 must not.
const pointsPerMinute = 1_200;

/**
 * At most so many clients are counted at a time; the one that was first seen longest ago makes room. Whoever has that
 * many addresses gains nothing by it: each of them has points of its own.
 */
const maxClients = 50_000;

interface Limiter {
  readonly points: RateLimiterMemory;
  /** The keys that have points, the oldest first. */
  readonly keys: Set<string>;
}

declare global {
  var kakaoLoginLimiter: Limiter | undefined;
}

/** Counts one request of this client. Seconds to wait if it is one too many, else `null`. */
export async function limitRate(action: LimitedAction, headers: Headers): Promise<number | null> {
  globalThis.kakaoLoginLimiter ??= {
    points: new RateLimiterMemory({ points: pointsPerMinute, duration: 60 }),
    keys: new Set(),
  };
  const limiter = globalThis.kakaoLoginLimiter;
  const key = `${action}:${clientNetwork(clientAddress(headers, env().trustedProxyHops))}`;
  try {
    // The first request of a key starts a timer of a minute.
    const { isFirstInDuration } = await outsideRequest(() => limiter.points.consume(key));
    if (isFirstInDuration) makeRoom(limiter, key);
    return null;
  } catch (refused) {
    // The limiter may come from another copy of this code, with a class of its own for its answers.
    if (refused instanceof Error) throw refused;
    return Math.max(1, Math.ceil((refused as RateLimiterRes).msBeforeNext / 1_000));
  }
}

function makeRoom({ points, keys }: Limiter, key: string): void {
  keys.delete(key);
  keys.add(key);
  const [oldest] = keys;
  if (keys.size <= maxClients || oldest === undefined) return;
  keys.delete(oldest);
  void points.delete(oldest);
}

/**
 * Counts one request of this client, for an API.
 *
 * @throws Problem `TOO_MANY_REQUESTS`
 */
export async function assertWithinRate(action: LimitedAction, headers: Headers): Promise<void> {
  const wait = await limitRate(action, headers);
  if (wait) throw new Problem('TOO_MANY_REQUESTS', `Try again in ${wait} s.`, { 'retry-after': `${wait}` });
}
