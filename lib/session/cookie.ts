/** Whether cookies are `Secure` and carry the `__Host-` prefix: exactly when our origin is https. */
export interface CookieScope {
  readonly secure: boolean;
}

/** The cookie scope of a public origin such as `https://example.com`. */
export function cookieScope(origin: string): CookieScope {
  return { secure: origin.startsWith('https:') };
}

/** The full name of one of our cookies (RFC 6265bis 4.1.3). */
export function cookieName(scope: CookieScope, name: string): string {
  return scope.secure ? `__Host-${name}` : name;
}

/** A `Set-Cookie` value: host-only, HttpOnly, SameSite=Lax. `maxAgeSeconds` 0 removes the cookie. */
export function serializeCookie(
  scope: CookieScope,
  name: string,
  value: string,
  maxAgeSeconds: number,
): string {
  const age = Math.max(0, Math.floor(maxAgeSeconds));
  const expires = age === 0 ? '; Expires=Thu, 01 Jan 1970 00:00:00 GMT' : '';
  const secure = scope.secure ? '; Secure' : '';
  return `${cookieName(scope, name)}=${value}; Path=/; Max-Age=${age}${expires}; HttpOnly${secure}; SameSite=Lax`;
}

/** All cookies of a request in the order in which they came, a name as often as it was sent. */
export function parseCookies(header: string | null): readonly (readonly [name: string, value: string])[] {
  return (header ?? '').split(';').flatMap((pair) => {
    const at = pair.indexOf('=');
    return at < 1 ? [] : [[pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const];
  });
}

/** Every different session token of a request, at most five. */
export function readSessionCookies(scope: CookieScope, header: string | null): string[] {
  return [...sessionValues(scope, header)].filter(Boolean).slice(0, 5);
}

/** The session token of a request; `null` without one, and for two that differ (cookie tossing). */
export function readSessionCookie(scope: CookieScope, header: string | null): string | null {
  const values = sessionValues(scope, header);
  const [only] = values;
  return values.size === 1 && only ? only : null;
}

function sessionValues(scope: CookieScope, header: string | null): Set<string> {
  const wanted = cookieName(scope, 'session');
  return new Set(parseCookies(header).flatMap(([name, value]) => (name === wanted ? [value] : [])));
}
