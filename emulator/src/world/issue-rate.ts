import type { App } from './apps.ts';
import type { User } from './users.ts';

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
 * Counts one issue for this user and says whether Kakao's rule still allows it: 20 access tokens in 10 minutes,
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
