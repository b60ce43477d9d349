import type { EventOutcome } from '../account/kakao-events';
import { logEvent } from '../server/log';
import { Problem } from './problem';
import { limitRate } from './rate-limit';

/**
 * Counts a delivery that is not Kakao's. What is authentic is never counted, however often it comes.
 *
 * @throws Problem `TOO_MANY_REQUESTS`
 */
export async function countBogusDelivery(headers: Headers): Promise<void> {
  const wait = await limitRate('webhook', headers);
  if (wait) throw new Problem('TOO_MANY_REQUESTS', `Try again in ${wait} s.`, { 'retry-after': `${wait}` });
}

/** Logs what came of an authentic delivery. */
export function logDelivery(requestId: string, type: string, outcome: EventOutcome): void {
  logEvent('info', 'webhook.received', { requestId, code: outcome, reason: type });
}
