import { env } from '../server/env';
import { cookieName, cookiePolicy, parseCookies, serializeCookie } from '../session/cookie';

/** The `Set-Cookie` value of a session; it lives as long as the token in it. `expiresAt` in Unix seconds. */
export function sessionCookie(session: { readonly token: string; readonly expiresAt: number }): string {
  const seconds = session.expiresAt - Date.now() / 1_000;
  return serializeCookie(cookiePolicy(env().origin), {
    name: 'session',
    value: session.token,
    maxAgeSeconds: seconds,
  });
}

/** The `Set-Cookie` value that ends a session in the browser. */
export function clearedSessionCookie(): string {
  return serializeCookie(cookiePolicy(env().origin), { name: 'session', value: '', maxAgeSeconds: 0 });
}

const silentCookie = 'silent';
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
  return serializeCookie(cookiePolicy(env().origin), {
    name: silentCookie,
    value: '1',
    maxAgeSeconds: visitSeconds,
  });
}

/** As {@link silentAttemptCookie}, unless there is one already: that of a log-out lasts longer. */
export function rememberAttempt(headers: Headers): string[] {
  return wasTried(headers) ? [] : [silentAttemptCookie()];
}

/** After a log-out the browser must not log in by itself; only KakaoTalk's would. */
export function noSilentAttempt(headers: Headers): string[] {
  if (!isKakaoTalk(headers)) return [];
  return [
    serializeCookie(cookiePolicy(env().origin), {
      name: silentCookie,
      value: '1',
      maxAgeSeconds: afterLogoutSeconds,
    }),
  ];
}

function isKakaoTalk(headers: Headers): boolean {
  return headers.get('user-agent')?.includes('KAKAOTALK') ?? false;
}

function wasTried(headers: Headers): boolean {
  const wanted = cookieName(cookiePolicy(env().origin), silentCookie);
  return parseCookies(headers.get('cookie')).some(([found]) => found === wanted);
}

const logoutCookie = 'logout';
/** Kakao's page waits for the person. */
const lifetimeSeconds = 600;

/** The `Set-Cookie` value that lets this browser recognise its return from Kakao's logout page. */
export function logoutStateCookie(state: string): string {
  return serializeCookie(cookiePolicy(env().origin), {
    name: logoutCookie,
    value: state,
    maxAgeSeconds: lifetimeSeconds,
  });
}

/**
 * Whether this browser comes back from a logout at Kakao that was begun here: anybody can open the address, but only
 * then `state` is that of the cookie.
 */
export function isReturnFromLogout(state: unknown, cookieHeader: string | null): boolean {
  const wanted = cookieName(cookiePolicy(env().origin), logoutCookie);
  const kept = parseCookies(cookieHeader).filter(([found]) => found === wanted);
  return kept.length === 1 && Boolean(state) && kept[0]?.[1] === state;
}
