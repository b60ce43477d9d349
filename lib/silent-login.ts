import { env } from './env';
import { cookieName, cookieScope, parseCookies, serializeCookie } from './session/cookie';

const name = 'silent';
const visitSeconds = 30 * 60;
const afterLogoutSeconds = 24 * 3_600;

/**
 * The way of a guest in KakaoTalk's own browser, who is logged in at Kakao anyway: one silent attempt, or `null` when
 * this is another browser or has had its attempt. The capitals tell the browser from Kakao's link preview.
 *
 * @param page where a guest stays
 */
export function silentLoginPath(headers: Headers, page: 'home' | 'login', returnTo: string): string | null {
  if (!isKakaoTalk(headers) || wasTried(headers)) return null;
  return `/login/silent?${new URLSearchParams({ page, returnTo })}`;
}

/** The `Set-Cookie` value that remembers the attempt for this visit, so that there is no second one. */
export function silentAttemptCookie(): string {
  return serializeCookie(cookieScope(env().origin), name, '1', visitSeconds);
}

/** As {@link silentAttemptCookie}, unless there is one already: that of a log-out lasts longer. */
export function rememberAttempt(headers: Headers): string[] {
  return wasTried(headers) ? [] : [silentAttemptCookie()];
}

/** After a log-out the browser must not log in by itself; only KakaoTalk's would. */
export function noSilentAttempt(headers: Headers): string[] {
  if (!isKakaoTalk(headers)) return [];
  return [serializeCookie(cookieScope(env().origin), name, '1', afterLogoutSeconds)];
}

function isKakaoTalk(headers: Headers): boolean {
  return headers.get('user-agent')?.includes('KAKAOTALK') ?? false;
}

function wasTried(headers: Headers): boolean {
  const wanted = cookieName(cookieScope(env().origin), name);
  return parseCookies(headers.get('cookie')).some(([found]) => found === wanted);
}
