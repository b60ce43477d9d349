/** Where a login leads when nobody asked for anything else. */
export const defaultReturnTo = '/account';

const base = 'http://return-to.invalid';
const reserved = /^\/(login|logout|api|_next)(\/|$)/i;

/**
 * The path on this site that a `returnTo` names, normalised, or the default page. Pages that make no
 * sense after a login mean the default page too; never an error.
 */
export function safeReturnTo(value: string | null | undefined): string {
  const path = onSitePath(value);
  return path === null || isReserved(new URL(path, base).pathname) ? defaultReturnTo : path;
}

/**
 * A path on our own origin, normalised; `null` for anything that could lead elsewhere. The normalised
 * form is checked again: `/..//evil.com` is on our origin when parsed and becomes `//evil.com` when
 * written out.
 */
export function onSitePath(value: string | null | undefined): string | null {
  if (!value || isLong(value) || !isPlainPath(value) || !URL.canParse(value, base)) return null;
  const url = new URL(value, base);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === base && isPlainPath(path) && path.length <= 2_048 ? path : null;
}

/** Where a guest stays whom a silent attempt did not log in. */
export type GuestPage = 'home' | 'login';

/** The path of that page, which leads on to `returnTo`. */
export function guestPath(page: GuestPage, returnTo: string): string {
  return page === 'home' ? '/' : `/login?${new URLSearchParams({ returnTo: shortPath(returnTo) })}`;
}

/**
 * The same path with letters beyond ASCII as they are instead of percent-encoded: a Korean one takes 3 bytes in a cookie
 * instead of 9, and 9 in another address instead of 15. {@link safeReturnTo} encodes them again.
 */
export function shortPath(path: string): string {
  return path.replace(/(?:%[89a-f][0-9a-f])+/gi, (escapes) => {
    try {
      const letters = decodeURIComponent(escapes);
      return /\p{Cc}/u.test(letters) ? escapes : letters;
    } catch {
      return escapes;
    }
  });
}

/** More than 512 characters as people read them: what was normalised is as long as it was before. */
function isLong(value: string): boolean {
  if (value.length <= 512) return false;
  try {
    return value.length > 2_048 || decodeURI(value).length > 512;
  } catch {
    return true;
  }
}

/** Exactly one leading slash; no backslash or control character, and none percent-encoded in the pathname. */
function isPlainPath(value: string): boolean {
  const [pathname = ''] = value.split(/[?#]/, 1);
  return (
    /^\/(?![/\\]|%2f)/i.test(value) && !/[\\\p{Cc}]/u.test(value) && !/%5c|%[01][0-9a-f]|%7f/i.test(pathname)
  );
}

function isReserved(pathname: string): boolean {
  try {
    return reserved.test(decodeURIComponent(pathname));
  } catch {
    return true;
  }
}

/** A path of this site to go back to after a form; anything else is the front page. */
export function safePagePath(value: string | null): string {
  return onSitePath(value) ?? '/';
}
