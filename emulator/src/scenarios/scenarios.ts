import { userApis } from '../kapi/user-apis.ts';
import { kapiCodes } from '../refusals/kapi-codes.ts';
import { koeCodes } from '../refusals/koe-codes.ts';
import { redirectErrors } from '../refusals/redirect-errors.ts';
import type { Bilingual } from '../world/consent-items.ts';
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
  badIdToken(
    'aud',
    { en: 'is for another app', ko: '다른 앱의 것입니다' },
    { claims: { aud: 'f'.repeat(32) } },
  ),
  badIdToken(
    'iss',
    { en: 'is of another issuer', ko: '발급자가 다릅니다' },
    { claims: { iss: 'https://kauth.example.com' } },
  ),
  badIdToken(
    'nonce',
    { en: 'has another nonce', ko: 'nonce가 다릅니다' },
    { claims: { nonce: 'another-nonce' } },
  ),
  badIdToken('sub', { en: 'is about another person', ko: '다른 사람의 것입니다' }, { claims: { sub: '1' } }),
  badIdToken(
    'expired',
    { en: 'has expired', ko: '만료되었습니다' },
    { claims: { iat: 1_000_000_000, exp: 1_000_021_599 } },
  ),
  badIdToken(
    'kid',
    { en: 'is signed with a key that is not published', ko: '공개되지 않은 키로 서명되었습니다' },
    { claims: {}, signWith: 'unknown-key' },
  ),
  badIdToken(
    'signature',
    { en: 'is signed with another key under the right kid', ko: 'kid는 맞지만 다른 키로 서명되었습니다' },
    {
      claims: {},
      signWith: 'foreign-key-same-kid',
    },
  ),
  badIdToken('none', { en: 'is not signed', ko: '서명이 없습니다' }, { claims: {}, alg: 'none' }),
  badIdToken(
    'hs256',
    { en: 'is signed with the client secret', ko: '클라이언트 시크릿으로 서명되었습니다' },
    { claims: {}, alg: 'HS256' },
  ),
  badIdToken('missing', { en: 'is missing', ko: '없습니다' }, { claims: {}, omit: true }),
];

/** Failures of the network and of Kakao's machines. */
const transportScenarios = [
  atEveryEndpoint(
    'quota',
    { en: 'every user API is out of quota', ko: '모든 사용자 API의 호출 한도를 넘었습니다' },
    { endpoints: kapi, effect: { kakao: -10 } },
  ),
  atEveryEndpoint(
    'maintenance',
    { en: 'every user API is under maintenance', ko: '모든 사용자 API가 점검 중입니다' },
    {
      endpoints: kapi,
      effect: { kakao: -9798 },
    },
  ),
  atEveryEndpoint(
    'slow',
    { en: 'every answer takes 2 seconds', ko: '모든 응답이 2초 걸립니다' },
    { endpoints: all, effect: { delayMs: 2_000 } },
  ),
  atEveryEndpoint(
    'reset',
    { en: 'the connection is cut without an answer', ko: '응답 없이 연결이 끊깁니다' },
    {
      endpoints: all,
      effect: { reset: true },
    },
  ),
  atOneEndpoint(
    'truncated',
    { en: 'half of the answer, then the connection is cut', ko: '응답의 절반만 오고 연결이 끊깁니다' },
    {
      endpoints: answersInJson,
      effect: { truncate: true },
    },
  ),
  atOneEndpoint(
    'malformed',
    { en: 'broken JSON', ko: '깨진 JSON입니다' },
    { endpoints: answersInJson, effect: { malformed: true } },
  ),
  atOneEndpoint(
    'bad-gateway',
    {
      en: 'HTTP 502 and a page of a proxy instead of JSON',
      ko: 'JSON 대신 HTTP 502와 프록시의 페이지가 옵니다',
    },
    {
      endpoints: answersInJson,
      effect: { status: 502, body: '<html><h1>502 Bad Gateway</h1></html>', contentType: 'text/html' },
    },
  ),
  atOneEndpoint(
    'jwks-down',
    { en: 'the keys of ID tokens cannot be fetched', ko: 'ID 토큰의 키를 가져올 수 없습니다' },
    {
      endpoints: [...metadata].reverse(),
      effect: { status: 503, body: '' },
    },
  ),
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

function badIdToken(name: string, { en, ko }: Bilingual, idToken: IdTokenFault): Scenario {
  return {
    name: `id-token-${name}`,
    what: { en: `the ID token ${en}`, ko: `ID 토큰이 ${ko}` },
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

function atEveryEndpoint(name: string, what: Bilingual, failure: Failure): Scenario {
  return { ...atOneEndpoint(name, what, failure), everywhere: true };
}

function atOneEndpoint(name: string, what: Bilingual, { endpoints, effect }: Failure): Scenario {
  const code = effect.kakao ?? null;
  const source = code === null ? 'any network' : 'rest-api/error-code';
  return { name, what, code, endpoints, everywhere: false, effect, source };
}
