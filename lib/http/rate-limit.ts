import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { env } from '../server/env';
import { clientAddress, clientNetwork } from './client-address';
import { Problem } from './problem';

/** What is counted, each by itself. */
type LimitedAction = 'login' | 'callback' | 'api' | 'webhook';

// Sized for a campus behind one address: at least 60 a minute must pass, more than 1,500 must not.
const pointsPerMinute = 1_200;

declare global {
  var kakaoLoginLimiter: RateLimiterMemory | undefined;
}

/** Counts one request of this client. Seconds to wait if it is one too many, else `null`. */
export async function limitRate(action: LimitedAction, headers: Headers): Promise<number | null> {
  globalThis.kakaoLoginLimiter ??= new RateLimiterMemory({ points: pointsPerMinute, duration: 60 });
  const network = clientNetwork(clientAddress(headers, env().trustedProxyHops));
  try {
    await globalThis.kakaoLoginLimiter.consume(`${action}:${network}`);
    return null;
  } catch (refused) {
    if (refused instanceof Error) throw refused;
    return Math.max(1, Math.ceil((refused as RateLimiterRes).msBeforeNext / 1_000));
  }
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
