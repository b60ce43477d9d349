import type { Link } from './links.ts';

const ACCESS = { most: 20, windowMs: 10 * 60 * 1000 };
const REFRESH = { most: 30, windowMs: 60 * 60 * 1000 };

/** When tokens were issued for a link, newest last (Unix milliseconds). */
export type IssueTimes = WeakMap<Link, { access: number[]; refresh: number[] }>;

/**
 * Counts one issue for the user of this link and says whether Kakao's rule still allows it: 20 access tokens in
 * 10 minutes, 30 refresh tokens in 60 minutes, else KOE237.
 */
export function mayIssue(times: IssueTimes, link: Link, withRefresh: boolean, now: number): boolean {
  const issued = times.get(link) ?? { access: [], refresh: [] };
  issued.access = issued.access.filter((at) => at > now - ACCESS.windowMs);
  issued.refresh = issued.refresh.filter((at) => at > now - REFRESH.windowMs);
  times.set(link, issued);
  if (issued.access.length >= ACCESS.most) return false;
  if (withRefresh && issued.refresh.length >= REFRESH.most) return false;
  issued.access.push(now);
  if (withRefresh) issued.refresh.push(now);
  return true;
}
