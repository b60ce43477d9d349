import type { App } from './apps.ts';
import type { User } from './users.ts';

/** Kakao counts months in Korean time. */
const KOREA_MS = 9 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

interface Calls {
  /** `YYYY-MM`. */
  month: string;
  count: number;
  /** When `/v1/user/ids` was called in the last minute, Unix milliseconds. */
  ofIds: number[];
}

/** API calls by app. */
export type ApiCalls = WeakMap<App, Calls>;

/** Counts one call of any API; false when it is over this month's quota. */
export function countCall(calls: ApiCalls, app: App, monthlyQuota: number, now: number): boolean {
  const made = callsOf(calls, app);
  const month = new Date(now + KOREA_MS).toISOString().slice(0, 7);
  if (made.month !== month) Object.assign(made, { month, count: 0 });
  made.count += 1;
  return made.count <= monthlyQuota;
}

/** Counts one call of `/v1/user/ids`; false, and not counted, after `most` calls in the last minute. */
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

const ACCESS = { most: 20, windowMs: 10 * 60 * 1000 };
const REFRESH = { most: 30, windowMs: 60 * 60 * 1000 };

interface Times {
  access: number[];
  refresh: number[];
}

/** When tokens were issued for a user of an app, newest last (Unix milliseconds); unlinking does not wipe it. */
export type IssueTimes = WeakMap<User, WeakMap<App, Times>>;

/** A user of an app; a link is one. */
interface Holder {
  readonly app: App;
  readonly user: User;
}

/**
 * Counts one issue of tokens for this user; false over Kakao's limits: 20 access tokens in 10 minutes,
 * 30 refresh tokens in 60 minutes, else KOE237.
 */
export function mayIssue(times: IssueTimes, holder: Holder, withRefresh: boolean, now: number): boolean {
  const issued = timesOf(times, holder);
  issued.access = issued.access.filter((at) => at > now - ACCESS.windowMs);
  issued.refresh = issued.refresh.filter((at) => at > now - REFRESH.windowMs);
  if (issued.access.length >= ACCESS.most) return false;
  if (withRefresh && issued.refresh.length >= REFRESH.most) return false;
  issued.access.push(now);
  if (withRefresh) issued.refresh.push(now);
  return true;
}

function timesOf(times: IssueTimes, { app, user }: Holder): Times {
  const byApp = times.get(user) ?? new WeakMap<App, Times>();
  const known = byApp.get(app) ?? { access: [], refresh: [] };
  times.set(user, byApp.set(app, known));
  return known;
}
