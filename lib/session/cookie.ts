/** Whether cookies are `Secure`, exactly when our origin is https, and the port that is part of their names when it is not. */
export interface CookiePolicy {
  readonly secure: boolean;
  readonly port: string;
}

/** How the site at this public origin, such as `https://example.com`, names and protects its cookies. */
export function cookiePolicy(origin: string): CookiePolicy {
  return { secure: origin.startsWith('https:'), port: new URL(origin).port || '80' };
}

/**
 * The full name of one of our cookies: with the `__Host-` prefix on https (RFC 6265bis 4.1.3). On http with our port, because
 * a browser sends cookies to every port of a host (RFC 6265 8.5): two apps on one machine would sign each other out.
 */
export function cookieName({ secure, port }: CookiePolicy, name: string): string {
  return secure ? `__Host-${name}` : `${name}-${port}`;
}

/** A `Set-Cookie` value, by the full name: host-only, HttpOnly, SameSite=Lax. `maxAgeSeconds` 0 removes the cookie. */
export function serializeCookie(
  policy: CookiePolicy,
  cookie: { readonly name: string; readonly value: string; readonly maxAgeSeconds: number },
): string {
  const age = Math.max(0, Math.floor(cookie.maxAgeSeconds));
  const expires = age === 0 ? '; Expires=Thu, 01 Jan 1970 00:00:00 GMT' : '';
  const secure = policy.secure ? '; Secure' : '';
  return `${cookie.name}=${cookie.value}; Path=/; Max-Age=${age}${expires}; HttpOnly${secure}; SameSite=Lax`;
}

/** All cookies of a request in the order in which they came, a name as often as it was sent. */
export function parseCookies(header: string | null): readonly (readonly [name: string, value: string])[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const];
  });
}

function valuesOf(headers: Headers, name: string): string[] {
  return parseCookies(headers.get('cookie')).flatMap(([found, value]) => (found === name ? [value] : []));
}

/** The only value of this name; `null` also for two that differ (cookie tossing). */
function onlyValueOf(headers: Headers, name: string): string | null {
  const [only = '', ...others] = new Set(valuesOf(headers, name));
  return others.length === 0 && only ? only : null;
}

/** A silent attempt counts for the visit, a log-out for the day. */
const silentSeconds = { attempt: 30 * 60, logout: 24 * 3_600 } as const;
/** Kakao's logout page waits for the person; our own is the next one. */
const failureSeconds = 600;
const logoutSeconds = { atKakao: 600, here: 60 } as const;
const languageSeconds = 365 * 24 * 3_600;
const recentSeconds = 365 * 24 * 3_600;
const csrfSeconds = 24 * 3_600;

/** A login that failed. */
interface ToldFailure {
  readonly code: string;
  readonly cause: string | null;
  /** 8 hex digits. */
  readonly supportCode: string | null;
}

function writeFailure({ code, cause, supportCode }: ToldFailure): string {
  return [code, cause ?? '', supportCode ?? ''].join('.');
}

function readFailure(value: string | null, code: string): ToldFailure | null {
  const [, told, cause, supportCode] = /^([a-z\d_]+)\.([a-z_]*)\.([\da-f]{8})?$/.exec(value ?? '') ?? [];
  return told === code ? { code, cause: cause || null, supportCode: supportCode ?? null } : null;
}

function recentCookie(policy: CookiePolicy) {
  const name = cookieName(policy, 'recent');
  return {
    set: (): string => serializeCookie(policy, { name, value: '1', maxAgeSeconds: recentSeconds }),
    clear: (): string => serializeCookie(policy, { name, value: '', maxAgeSeconds: 0 }),
    read: (headers: Headers): boolean => valuesOf(headers, name).length > 0,
  };
}

/**
 * The cookies of this site at its public origin, such as `https://example.com`; those of login flows are in
 * `flow-cookie.ts`. `set` and `clear` make a `Set-Cookie` value, `read` takes the headers of a request.
 */
export function cookies(origin: string) {
  const policy = cookiePolicy(origin);
  const full = (name: string): string => cookieName(policy, name);
  const write = (name: string, value: string, maxAgeSeconds: number): string =>
    serializeCookie(policy, { name: full(name), value, maxAgeSeconds });
  return {
    ...policy,
    /** The session token. */
    session: {
      name: full('session'),
      /** Lives as long as the token in it. `expiresAt` in Unix seconds. */
      set: ({ token, expiresAt }: { readonly token: string; readonly expiresAt: number }): string =>
        write('session', token, expiresAt - Date.now() / 1_000),
      clear: (): string => write('session', '', 0),
      /** `null` also for two that differ (cookie tossing). */
      read: (headers: Headers): string | null => onlyValueOf(headers, full('session')),
      /** At most five, for a log-out, which ends whatever a browser with several session cookies has. */
      readAll: (headers: Headers): string[] =>
        [...new Set(valuesOf(headers, full('session')))].filter(Boolean).slice(0, 5),
    },
    /** Keeps this browser from logging in silently: it has tried, or the person has logged out. */
    silent: {
      set: (after: keyof typeof silentSeconds): string => write('silent', '1', silentSeconds[after]),
      read: (headers: Headers): boolean => valuesOf(headers, full('silent')).length > 0,
    },
    /** The log-out that the login page tells of: `here`, `everywhere`, or the `state` that Kakao's logout page brings back. */
    logout: {
      set: (state: string, where: keyof typeof logoutSeconds = 'atKakao'): string =>
        write('logout', state, logoutSeconds[where]),
      read: (headers: Headers): string | null => onlyValueOf(headers, full('logout')),
    },
    /** What the login page tells of the login that has just failed, beside the code in its address. */
    failure: {
      set: (told: ToldFailure): string => write('failure', writeFailure(told), failureSeconds),
      /** That of a failure with this code; `null` without one, or when its form is not ours. */
      read: (headers: Headers, code: string) => readFailure(onlyValueOf(headers, full('failure')), code),
    },
    /** Somebody has logged in with this browser before: the same for everybody, nothing of whom or when. */
    recent: recentCookie(policy),
    /** The token against forgery that next-auth's client has to repeat. */
    csrf: {
      set: (token: string): string => write('csrf', token, csrfSeconds),
      read: (headers: Headers): string | null => onlyValueOf(headers, full('csrf')),
    },
    /** The chosen language. */
    language: {
      set: (locale: 'ko' | 'en'): string => write('lang', locale, languageSeconds),
      read: (headers: Headers): string | undefined => valuesOf(headers, full('lang'))[0],
    },
  };
}

export type Cookies = ReturnType<typeof cookies>;
