import { userApis } from '../kapi/user-apis.ts';
import type { FaultEffect } from '../world/faults.ts';
import type { Scenario } from './scenario.ts';

const authorizationServer = ['/oauth/token', '/oauth/authorize', '/oauth/logout', '/oauth/tokeninfo'];
const metadata = ['/.well-known/openid-configuration', '/.well-known/jwks.json'];
const kapi = Object.keys(userApis);
const answersInJson = ['/oauth/token', ...kapi, ...metadata];
const all = [...authorizationServer, ...metadata, ...kapi];

/** Failures of the network and of Kakao's machines. */
export const transportScenarios: readonly Scenario[] = [
  everywhere('quota', 'every user API is out of quota', kapi, { kakao: -10 }),
  everywhere('maintenance', 'every user API is under maintenance', kapi, { kakao: -9798 }),
  everywhere('slow', 'every answer takes 2 seconds', all, { delayMs: 2_000 }),
  everywhere('reset', 'the connection is cut without an answer', all, { reset: true }),
  somewhere('truncated', 'half of the answer, then the connection is cut', answersInJson, { truncate: true }),
  somewhere('malformed', 'broken JSON', answersInJson, { malformed: true }),
  somewhere('bad-gateway', 'HTTP 502 and a page of a proxy instead of JSON', answersInJson, {
    status: 502,
    body: '<html><h1>502 Bad Gateway</h1></html>',
    contentType: 'text/html',
  }),
  somewhere('jwks-down', 'the keys of ID tokens cannot be fetched', [...metadata].reverse(), {
    status: 503,
    body: '',
  }),
];

function everywhere(name: string, what: string, endpoints: readonly string[], effect: FaultEffect): Scenario {
  return { ...somewhere(name, what, endpoints, effect), everywhere: true };
}

function somewhere(name: string, what: string, endpoints: readonly string[], effect: FaultEffect): Scenario {
  const code = effect.kakao ?? null;
  const source = code === null ? 'any network' : 'rest-api/error-code';
  return { name, what, code, endpoints, everywhere: false, effect, source };
}
