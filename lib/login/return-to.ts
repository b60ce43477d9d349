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
  if (!value || value.length > 512 || !isPlainPath(value) || !URL.canParse(value, base)) return null;
  const url = new URL(value, base);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === base && isPlainPath(path) && path.length <= 2_048 ? path : null;
}

/** Exactly one leading slash; no backslash and no control character, raw or percent-encoded. */
function isPlainPath(value: string): boolean {
  return (
    /^\/(?![/\\])/.test(value) &&
    !/[\\\p{Cc}]|%5c|%0[0-9a-f]|%1[0-9a-f]|%7f/iu.test(value) &&
    !/^\/(%2f)/i.test(value)
  );
}

function isReserved(pathname: string): boolean {
  try {
    return reserved.test(decodeURIComponent(pathname));
  } catch {
    return true;
  }
}
