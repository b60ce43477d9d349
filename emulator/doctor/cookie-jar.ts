/** One cookie as a browser keeps it (RFC 6265 5.3). */
export interface Cookie {
  readonly name: string;
  readonly value: string;
  readonly path: string;
  readonly httpOnly: boolean;
  readonly secure: boolean;
  /** In lower case, or `null` when it was not sent. */
  readonly sameSite: string | null;
}

/** The cookies of one browser for the app, by name. */
export type CookieJar = Map<string, Cookie>;

/** Keeps, replaces or removes what one `Set-Cookie` line says. */
export function storeCookie(jar: CookieJar, line: string, now = Date.now()): void {
  const [pair = '', ...rest] = line.split(';');
  const at = pair.indexOf('=');
  const name = pair.slice(0, at).trim();
  const attributes = new Map(rest.map(attributeOf));
  if (at < 1 || isExpired(attributes, now)) {
    jar.delete(name);
    return;
  }
  const path = attributes.get('path') ?? '/';
  jar.set(name, {
    name,
    value: pair.slice(at + 1).trim(),
    path: path.startsWith('/') ? path : '/',
    httpOnly: attributes.has('httponly'),
    secure: attributes.has('secure'),
    sameSite: attributes.get('samesite')?.toLowerCase() ?? null,
  });
}

/** The `Cookie` header for an address; a navigation from another site leaves out those that are `SameSite=Strict`. */
export function cookieHeader(jar: CookieJar, url: URL, fromElsewhere: boolean): string {
  return [...jar.values()]
    .filter(({ path }) => isBelow(url.pathname, path))
    .filter(({ sameSite }) => !(fromElsewhere && sameSite === 'strict'))
    .map(({ name, value }) => `${name}=${value}`)
    .join('; ');
}

function attributeOf(text: string): [string, string] {
  const [name = '', ...value] = text.trim().split('=');
  return [name.toLowerCase(), value.join('=')];
}

function isExpired(attributes: ReadonlyMap<string, string>, now: number): boolean {
  const maxAge = attributes.get('max-age');
  if (maxAge !== undefined) return Number(maxAge) <= 0;
  return Date.parse(attributes.get('expires') ?? '') <= now;
}

function isBelow(path: string, cookiePath: string): boolean {
  return path === cookiePath || path.startsWith(cookiePath.endsWith('/') ? cookiePath : `${cookiePath}/`);
}
