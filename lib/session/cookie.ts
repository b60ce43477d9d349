/** Whether cookies are `Secure` and carry the `__Host-` prefix: exactly when our origin is https. */
export interface CookiePolicy {
  readonly secure: boolean;
}

/** The cookie policy of a public origin such as `https://example.com`. */
export function cookiePolicy(origin: string): CookiePolicy {
  return { secure: origin.startsWith('https:') };
}

/** The full name of one of our cookies (RFC 6265bis 4.1.3). */
export function cookieName(policy: CookiePolicy, name: string): string {
  return policy.secure ? `__Host-${name}` : name;
}

/** A `Set-Cookie` value: host-only, HttpOnly, SameSite=Lax. `maxAgeSeconds` 0 removes the cookie. */
export function serializeCookie(
  policy: CookiePolicy,
  cookie: { readonly name: string; readonly value: string; readonly maxAgeSeconds: number },
): string {
  const name = cookieName(policy, cookie.name);
  const age = Math.max(0, Math.floor(cookie.maxAgeSeconds));
  const expires = age === 0 ? '; Expires=Thu, 01 Jan 1970 00:00:00 GMT' : '';
  const secure = policy.secure ? '; Secure' : '';
  return `${name}=${cookie.value}; Path=/; Max-Age=${age}${expires}; HttpOnly${secure}; SameSite=Lax`;
}

/** All cookies of a request in the order in which they came, a name as often as it was sent. */
export function parseCookies(header: string | null): readonly (readonly [name: string, value: string])[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const];
  });
}

/** Every different session token of a request, at most five. */
export function readSessionCookies(policy: CookiePolicy, header: string | null): string[] {
  return [...sessionValues(policy, header)].filter(Boolean).slice(0, 5);
}

/** The session token of a request; `null` without one, and for two that differ (cookie tossing). */
export function readSessionCookie(policy: CookiePolicy, header: string | null): string | null {
  const values = sessionValues(policy, header);
  const [only] = values;
  return values.size === 1 && only ? only : null;
}

function sessionValues(policy: CookiePolicy, header: string | null): Set<string> {
  const wanted = cookieName(policy, 'session');
  return new Set(parseCookies(header).flatMap(([name, value]) => (name === wanted ? [value] : [])));
}
