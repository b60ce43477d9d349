import type { Rule } from './body-shape.ts';

const MOST_REDIRECT_URIS = 10;

/** Redirect URIs that may be registered. */
export const redirectUris: Rule = {
  must: `be a list of at most ${MOST_REDIRECT_URIS} http(s) URIs without query or fragment`,
  test: (value) => Array.isArray(value) && value.length <= MOST_REDIRECT_URIS && value.every(isRedirectUri),
  schema: { type: 'array', maxItems: MOST_REDIRECT_URIS, items: { type: 'string', format: 'uri' } },
};

function isRedirectUri(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, search, hash } = new URL(value);
  return ['http:', 'https:'].includes(protocol) && search === '' && hash === '';
}
