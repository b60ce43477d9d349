import type { Rule } from './body-shape.ts';

/** Redirect URIs that may be registered, 10 for one key. */
export const redirectUris = listOfUris(10);

/** Logout redirect URIs; the setting `mostLogoutRedirectUris` says how many. */
export const logoutRedirectUris = listOfUris(100);

function listOfUris(most: number): Rule {
  return {
    must: `be a list of at most ${most} http(s) URIs of visible ASCII characters without query or fragment`,
    test: (value) => Array.isArray(value) && value.length <= most && value.every(isRedirectUri),
    schema: { type: 'array', maxItems: most, items: { type: 'string', format: 'uri' } },
  };
}

/** Browsers are sent there by a header, which holds nothing else (RFC 3986 2). */
function isRedirectUri(value: unknown): boolean {
  if (typeof value !== 'string' || !/^[!-~]+$/.test(value) || !URL.canParse(value)) return false;
  const { protocol, search, hash } = new URL(value);
  return ['http:', 'https:'].includes(protocol) && search === '' && hash === '';
}
