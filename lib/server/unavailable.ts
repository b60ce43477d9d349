import { isDatabaseError } from '../db/errors';
import { describeError, logEvent } from './log';
import { countDatabaseError } from './metrics';

declare global {
  // Next's bundle tells it, server.ts asks for it.
  var kakaoLoginUnavailable: Set<string> | undefined;
}

const maxNoted = 1_000;

/** Logs why a request failed for a reason that nobody foresaw; true if that is because the database cannot be used. */
export function logFailure(error: unknown, requestId: string): boolean {
  const isUnavailable = isDatabaseError(error);
  countDatabaseError(error);
  const event = isUnavailable ? 'database.unavailable' : 'request.failed';
  logEvent('error', event, { requestId, error: describeError(error) });
  return isUnavailable;
}

/** The same for the page of a request; notes it if that is because the database cannot be used. */
export function noteFailure(error: unknown, requestId: string): void {
  if (!logFailure(error, requestId)) return;
  globalThis.kakaoLoginUnavailable ??= new Set();
  const noted = globalThis.kakaoLoginUnavailable;
  noted.add(requestId);
  const [oldest] = noted;
  if (noted.size > maxNoted && oldest !== undefined) noted.delete(oldest);
}

/** Whether that was noted of a request, once. */
export function takeUnavailable(requestId: string): boolean {
  return globalThis.kakaoLoginUnavailable?.delete(requestId) ?? false;
}
