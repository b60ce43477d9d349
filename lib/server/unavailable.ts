import { isDatabaseError } from '../db/errors';
import { describeError, logEvent } from './log';

declare global {
  // Next's bundle tells it, server.ts asks for it.
  var kakaoLoginUnavailable: Set<string> | undefined;
}

const maxNoted = 1_000;

/** Notes why the page of a request could not be made, if that is because the database cannot be used. */
export function noteFailure(error: unknown, requestId: string): void {
  if (!isDatabaseError(error)) return;
  logEvent('error', 'database.unavailable', { requestId, error: describeError(error) });
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
