import type { Env } from '../server/env';

/**
 * The policy of a document. `form-action` names Kakao because Chromium applies it to the redirects after
 * a form, too; Kakao sends people who have to log in on to accounts.kakao.com. Everything else comes from here: a
 * person's picture too, which `/account/picture` passes on.
 */
export function contentSecurityPolicy(nonce: string, env: Env): string {
  const development = env.production ? '' : " 'unsafe-eval'";
  const inlineStyle = env.production ? '' : " 'unsafe-inline'";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${development}`,
    `style-src 'self'${inlineStyle}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src 'self'${env.production ? '' : ' ws:'}`,
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    `form-action 'self' ${env.kakao.authOrigin} https://accounts.kakao.com`,
  ].join('; ');
}

/** The policy of a page that nobody here has made: it may look like ours and do nothing. */
export const foreignPagePolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
