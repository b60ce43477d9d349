import type { IdTokenFault } from '../world/faults.ts';
import type { Scenario } from './scenario.ts';

/** ID tokens that an app has to refuse (OpenID Connect Core 3.1.3.7). */
export const idTokenScenarios: readonly Scenario[] = [
  bad('aud', 'is for another app', { claims: { aud: 'f'.repeat(32) } }),
  bad('iss', 'is of another issuer', { claims: { iss: 'https://kauth.example.com' } }),
  bad('nonce', 'has another nonce', { claims: { nonce: 'another-nonce' } }),
  bad('sub', 'is about another person', { claims: { sub: '1' } }),
  bad('expired', 'has expired', { claims: { iat: 1_000_000_000, exp: 1_000_021_599 } }),
  bad('kid', 'is signed with a key that is not published', { claims: {}, signWith: 'unknown-key' }),
  bad('signature', 'is signed with another key under the right kid', {
    claims: {},
    signWith: 'foreign-key-same-kid',
  }),
  bad('none', 'is not signed', { claims: {}, alg: 'none' }),
  bad('hs256', 'is signed with the client secret', { claims: {}, alg: 'HS256' }),
  bad('missing', 'is missing', { claims: {}, omit: true }),
];

function bad(name: string, what: string, idToken: IdTokenFault): Scenario {
  return {
    name: `id-token-${name}`,
    what: `the ID token ${what}`,
    code: null,
    endpoints: ['/oauth/token'],
    everywhere: false,
    effect: { idToken },
    source: 'kakaologin/utilize#oidc',
  };
}
