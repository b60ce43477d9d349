import type { App } from './apps.ts';

/** Kakao counts months where it is. */
const KOREA_MS = 9 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

interface Calls {
  /** `YYYY-MM`. */
  month: string;
  count: number;
  /** When `/v1/user/ids` was called in the last minute, Unix milliseconds. */
  ofIds: number[];
}

/** What apps have called. */
export type ApiCalls = WeakMap<App, Calls>;

/** Counts one call of any API and says whether it is within the quota of this month. */
export function countCall(calls: ApiCalls, app: App, monthlyQuota: number, now: number): boolean {
  const made = callsOf(calls, app);
  const month = new Date(now + KOREA_MS).toISOString().slice(0, 7);
  if (made.month !== month) Object.assign(made, { month, count: 0 });
  made.count += 1;
  return made.count <= monthlyQuota;
}

/** Counts one call of `/v1/user/ids`, unless there were `most` in the last minute; says whether it was counted. */
export function mayListIds(calls: ApiCalls, app: App, most: number, now: number): boolean {
  const made = callsOf(calls, app);
  made.ofIds = made.ofIds.filter((at) => at > now - MINUTE_MS && at <= now);
  if (made.ofIds.length >= most) return false;
  made.ofIds.push(now);
  return true;
}

function callsOf(calls: ApiCalls, app: App): Calls {
  const known = calls.get(app);
  if (known) return known;
  const made = { month: '', count: 0, ofIds: [] };
  calls.set(app, made);
  return made;
}
