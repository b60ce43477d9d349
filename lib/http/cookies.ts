import { type GuestPage, shortPath } from '../login/return-to';
import type { Cookies } from '../session/cookie';

/**
 * The way of a guest in KakaoTalk's own browser, who is logged in at Kakao anyway: one silent attempt, or `null` when
 * this is another browser or has had its attempt. `page` is where a guest stays.
 */
export function silentLoginPath(
  { silent }: Cookies,
  headers: Headers,
  { page, returnTo }: { readonly page: GuestPage; readonly returnTo: string },
): string | null {
  if (!isKakaoTalk(headers) || silent.read(headers)) return null;
  return `/login/silent?${new URLSearchParams({ page, returnTo: shortPath(returnTo) })}`;
}

/** Remembers an attempt for this visit; a cookie that is there already may be that of a log-out, which lasts longer. */
export function silentAttemptCookies({ silent }: Cookies, headers: Headers): string[] {
  return silent.read(headers) ? [] : [silent.set('attempt')];
}

/** What ends a session in the browser. KakaoTalk's would log in by itself again, so it is told not to. */
export function signedOutCookies({ session, silent }: Cookies, headers: Headers): string[] {
  return isKakaoTalk(headers) ? [session.clear(), silent.set('logout')] : [session.clear()];
}

/** What ends a membership in the browser: the login page does not speak of it any more. */
export function leftCookies(cookies: Cookies, headers: Headers): string[] {
  return [...signedOutCookies(cookies, headers), cookies.recent.clear()];
}

/** The capitals tell KakaoTalk's browser from Kakao's link preview. */
function isKakaoTalk(headers: Headers): boolean {
  return headers.get('user-agent')?.includes('KAKAOTALK') ?? false;
}

/** The log-outs that the login page can tell of. */
const toldLogouts = ['here', 'everywhere'] as const;

/**
 * The log-out that this browser has just made; `with_kakao` when it comes back from Kakao's logout page: anybody can
 * open that address, but only then `state` is that of the cookie.
 */
export function lastLogout(
  { logout }: Cookies,
  headers: Headers,
  state: unknown,
): 'here' | 'everywhere' | 'with_kakao' | null {
  const told = logout.read(headers);
  if (told !== null && told === state) return 'with_kakao';
  return toldLogouts.find((reach) => reach === told) ?? null;
}
