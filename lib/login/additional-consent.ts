import { isScopeId } from '../kakao/config';
import { KakaoError } from '../kakao/errors';
import { safeReturnTo } from './return-to';

/**
 * Where to send a person when one of Kakao's APIs answered −402 ("insufficient scopes"): a page that says what is
 * missing, asks Kakao for it, and comes back to `returnTo`. `null` for any other error.
 *
 * ```ts
 * const path = additionalConsentPath(error, '/photos');
 * if (path) redirect(path);
 * throw error;
 * ```
 */
export function additionalConsentPath(error: unknown, returnTo: string): string | null {
  if (!(error instanceof KakaoError) || error.requiredScopes.length === 0) return null;
  const query = new URLSearchParams({
    scope: error.requiredScopes.join(' '),
    returnTo: safeReturnTo(returnTo),
  });
  return `/login/consent?${query}`;
}

/** All consent items of Kakao together have half as many characters. A login keeps what it asks for in its cookie. */
const longestScope = 400;

/** The consent items that a form or an address asks for, separated by spaces or commas; `null` if they cannot be. */
export function scopeParam(value: string | string[] | null | undefined): string[] | null {
  if (Array.isArray(value)) return null;
  const ids = (value ?? '').split(/[\s,]+/).filter(Boolean);
  const isShort = ids.length <= 20 && ids.join(' ').length <= longestScope;
  return isShort && ids.every(isScopeId) ? [...new Set(ids)] : null;
}
