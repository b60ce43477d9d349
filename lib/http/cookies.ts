import {
  cookieName,
  cookiePolicy,
  parseCookies,
  readSessionCookie,
  readSessionCookies,
  serializeCookie,
} from '../session/cookie';
import type { Locale } from '../text';

/** A silent attempt counts for the visit, a log-out for the day. */
const silentSeconds = { attempt: 30 * 60, logout: 24 * 3_600 } as const;
/** Kakao's logout page waits for the person. */
const logoutSeconds = 600;
const languageSeconds = 365 * 24 * 3_600;

/**
 * The cookies of this site at its public origin, such as `https://example.com`; those of login flows are in
 * `lib/session/flow-cookie.ts`. `set` and `clear` make a `Set-Cookie` value, `read` takes the headers of a request.
 */
export function cookies(origin: string) {
  const policy = cookiePolicy(origin);
  const valuesOf = (headers: Headers, name: string): string[] =>
    parseCookies(headers.get('cookie')).flatMap(([found, value]) => (found === name ? [value] : []));
  const logoutName = cookieName(policy, 'logout');
  return {
    ...policy,
    /** The session token. */
    session: {
      name: cookieName(policy, 'session'),
      /** Lives as long as the token in it. `expiresAt` in Unix seconds. */
      set: ({ token, expiresAt }: { readonly token: string; readonly expiresAt: number }): string =>
        serializeCookie(policy, {
          name: 'session',
          value: token,
          maxAgeSeconds: expiresAt - Date.now() / 1_000,
        }),
      clear: (): string => serializeCookie(policy, { name: 'session', value: '', maxAgeSeconds: 0 }),
      read: (headers: Headers): string | null => readSessionCookie(policy, headers.get('cookie')),
      /** For a log-out, which ends whatever a browser with two session cookies has. */
      readAll: (headers: Headers): string[] => readSessionCookies(policy, headers.get('cookie')),
    },
    /** Keeps this browser from logging in silently: it has tried, or the person has logged out. */
    silent: {
      set: (after: keyof typeof silentSeconds): string =>
        serializeCookie(policy, { name: 'silent', value: '1', maxAgeSeconds: silentSeconds[after] }),
      read: (headers: Headers): boolean => valuesOf(headers, cookieName(policy, 'silent')).length > 0,
    },
    /** The `state` that Kakao's logout page brings back. */
    logout: {
      set: (state: string): string =>
        serializeCookie(policy, { name: 'logout', value: state, maxAgeSeconds: logoutSeconds }),
      read: (headers: Headers): string | null => {
        const [state, ...more] = valuesOf(headers, logoutName);
        return more.length === 0 ? state || null : null;
      },
    },
    /** The chosen language; without the prefix of the others, since it decides nothing. */
    language: {
      set: (locale: Locale): string =>
        `lang=${locale}; Path=/; Max-Age=${languageSeconds}; HttpOnly; SameSite=Lax${policy.secure ? '; Secure' : ''}`,
      read: (headers: Headers): string | undefined => valuesOf(headers, 'lang')[0],
    },
  };
}

export type Cookies = ReturnType<typeof cookies>;

/**
 * The way of a guest in KakaoTalk's own browser, who is logged in at Kakao anyway: one silent attempt, or `null` when
 * this is another browser or has had its attempt. `page` is where a guest stays.
 */
export function silentLoginPath(
  { silent }: Cookies,
  headers: Headers,
  to: { readonly page: 'home' | 'login'; readonly returnTo: string },
): string | null {
  if (!isKakaoTalk(headers) || silent.read(headers)) return null;
  return `/login/silent?${new URLSearchParams(to)}`;
}

/** Remembers an attempt for this visit; a cookie that is there already may be that of a log-out, which lasts longer. */
export function silentAttemptCookies({ silent }: Cookies, headers: Headers): string[] {
  return silent.read(headers) ? [] : [silent.set('attempt')];
}

/** What ends a session in the browser. KakaoTalk's would log in by itself again, so it is told not to. */
export function signedOutCookies({ session, silent }: Cookies, headers: Headers): string[] {
  return isKakaoTalk(headers) ? [session.clear(), silent.set('logout')] : [session.clear()];
}

/** The capitals tell KakaoTalk's browser from Kakao's link preview. */
function isKakaoTalk(headers: Headers): boolean {
  return headers.get('user-agent')?.includes('KAKAOTALK') ?? false;
}

/**
 * Whether this browser comes back from a logout at Kakao that was begun here: anybody can open the address, but only
 * then `state` is that of the cookie.
 */
export function isReturnFromLogout({ logout }: Cookies, headers: Headers, state: unknown): boolean {
  const expected = logout.read(headers);
  return expected !== null && expected === state;
}
