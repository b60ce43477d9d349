import { isScopeId } from '../kakao/config';
import { KakaoError } from '../kakao/errors';
import { onSitePath, safeReturnTo } from './return-to';

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

/** How a request for more consent ended. */
export type ConsentAnswer = 'agreed' | 'declined';

/** The path to come back to after a request for more consent, saying how it ended. */
export function withConsentAnswer(path: string, answer: ConsentAnswer): string {
  const [address = '', ...fragment] = path.split('#');
  const marked = `${address}${address.includes('?') ? '&' : '?'}consent=${answer}`;
  // One that has no room for more is come back to as it is.
  return onSitePath([marked, ...fragment].join('#')) ?? path;
}

/** The answer that the address of a page, such as `/photos?consent=agreed`, carries. */
export function consentAnswerOf(path: string): ConsentAnswer | null {
  const answer = /[?&]consent=(agreed|declined)(?=[&#]|$)/.exec(path)?.[1];
  return answer === 'agreed' || answer === 'declined' ? answer : null;
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
