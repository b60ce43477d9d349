import { userApis } from '../kapi/user-apis.ts';
import { kapiCodes } from '../refusals/kapi-codes.ts';
import { koeCodes } from '../refusals/koe-codes.ts';
import { redirectErrors } from '../refusals/redirect-errors.ts';
import type { FaultEffect, IdTokenFault } from '../world/faults.ts';
import type { Scenario } from './scenario.ts';

const authorizationServer = ['/oauth/token', '/oauth/authorize', '/oauth/logout', '/oauth/tokeninfo'];
const metadata = ['/.well-known/openid-configuration', '/.well-known/jwks.json'];
const kapi = Object.keys(userApis);
const answersInJson = ['/oauth/token', ...kapi, ...metadata];
const all = [...authorizationServer, ...metadata, ...kapi];

const koeScenarios = Object.entries(koeCodes).map(([code, { cause, endpoints, source }]) =>
  refusal({ name: code, code, what: cause, endpoints, source }),
);

const kapiScenarios = [...kapiCodes].map(([code, { cause, source }]) =>
  refusal({ name: String(code), code, what: cause, endpoints: kapi, source }),
);

const redirectScenarios = Object.entries(redirectErrors).map(([name, { cause, source }]) =>
  refusal({ name, code: name, what: cause, endpoints: ['/oauth/authorize'], source }),
);

/** ID tokens that an app has to refuse (OpenID Connect Core 3.1.3.7). */
const idTokenScenarios = [
  badIdToken('aud', 'is for another app', { claims: { aud: 'f'.repeat(32) } }),
  badIdToken('iss', 'is of another issuer', { claims: { iss: 'https://kauth.example.com' } }),
  badIdToken('nonce', 'has another nonce', { claims: { nonce: 'another-nonce' } }),
  badIdToken('sub', 'is about another person', { claims: { sub: '1' } }),
  badIdToken('expired', 'has expired', { claims: { iat: 1_000_000_000, exp: 1_000_021_599 } }),
  badIdToken('kid', 'is signed with a key that is not published', { claims: {}, signWith: 'unknown-key' }),
  badIdToken('signature', 'is signed with another key under the right kid', {
    claims: {},
    signWith: 'foreign-key-same-kid',
  }),
  badIdToken('none', 'is not signed', { claims: {}, alg: 'none' }),
  badIdToken('hs256', 'is signed with the client secret', { claims: {}, alg: 'HS256' }),
  badIdToken('missing', 'is missing', { claims: {}, omit: true }),
];

/** Failures of the network and of Kakao's machines. */
const transportScenarios = [
  atEveryEndpoint('quota', 'every user API is out of quota', { endpoints: kapi, effect: { kakao: -10 } }),
  atEveryEndpoint('maintenance', 'every user API is under maintenance', {
    endpoints: kapi,
    effect: { kakao: -9798 },
  }),
  atEveryEndpoint('slow', 'every answer takes 2 seconds', { endpoints: all, effect: { delayMs: 2_000 } }),
  atEveryEndpoint('reset', 'the connection is cut without an answer', {
    endpoints: all,
    effect: { reset: true },
  }),
  atOneEndpoint('truncated', 'half of the answer, then the connection is cut', {
    endpoints: answersInJson,
    effect: { truncate: true },
  }),
  atOneEndpoint('malformed', 'broken JSON', { endpoints: answersInJson, effect: { malformed: true } }),
  atOneEndpoint('bad-gateway', 'HTTP 502 and a page of a proxy instead of JSON', {
    endpoints: answersInJson,
    effect: { status: 502, body: '<html><h1>502 Bad Gateway</h1></html>', contentType: 'text/html' },
  }),
  atOneEndpoint('jwks-down', 'the keys of ID tokens cannot be fetched', {
    endpoints: [...metadata].reverse(),
    effect: { status: 503, body: '' },
  }),
];

/** Every failure that has a name: Kakao's codes, its redirect errors, bad ID tokens, a bad network. */
export const scenarios: readonly Scenario[] = [
  ...koeScenarios,
  ...redirectScenarios,
  ...kapiScenarios,
  ...idTokenScenarios,
  ...transportScenarios,
];

function refusal(
  row: Omit<Scenario, 'code' | 'everywhere' | 'effect'> & { code: string | number },
): Scenario {
  return { ...row, everywhere: false, effect: { kakao: row.code } };
}

function badIdToken(name: string, what: string, idToken: IdTokenFault): Scenario {
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

interface Failure {
  readonly endpoints: readonly string[];
  readonly effect: FaultEffect;
}

function atEveryEndpoint(name: string, what: string, failure: Failure): Scenario {
  return { ...atOneEndpoint(name, what, failure), everywhere: true };
}

function atOneEndpoint(name: string, what: string, { endpoints, effect }: Failure): Scenario {
  const code = effect.kakao ?? null;
  const source = code === null ? 'any network' : 'rest-api/error-code';
  return { name, what, code, endpoints, everywhere: false, effect, source };
}
