import { isRecord } from '../server/json.ts';
import type { Reply } from '../server/reply.ts';
import type { FaultEffect, IdTokenFault } from '../world/faults.ts';
import {
  anyObject,
  flag,
  isProblem,
  oneOf,
  type Rule,
  readBody,
  type Shape,
  shapeProblem,
  text,
  whole,
} from './body-shape.ts';
import { kakaoPath } from './kakao-path.ts';
import { objectOf } from './object-schema.ts';
import { problem } from './problem.ts';

const kakaoCode: Rule = {
  must: 'be a kapi code such as -10 or a KOE code such as "KOE320"',
  test: (value) => (Number.isInteger(value) && Number(value) < 0) || /^KOE\d{3}$/.test(String(value)),
  schema: {
    anyOf: [
      { type: 'integer', maximum: -1 },
      { type: 'string', pattern: '^KOE\\d{3}$' },
    ],
  },
};
const headers: Rule = {
  must: 'be an object of texts',
  test: (value) => isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string'),
  schema: { type: 'object', additionalProperties: { type: 'string' } },
};
const body: Rule = {
  must: 'be a text, sent as it is, or an object, sent as JSON',
  test: (it) => text.test(it) || isRecord(it),
  schema: { type: ['string', 'object'] },
};

const whateverClaim: Rule = { must: 'be a claim', test: () => true, schema: {} };

const idTokenShape: Shape = {
  ...Object.fromEntries(
    ['iss', 'aud', 'nonce', 'sub', 'exp', 'iat', 'auth_time', 'email', 'nickname', 'picture'].map((claim) => [
      claim,
      whateverClaim,
    ]),
  ),
  alg: oneOf('none', 'HS256'),
  signWith: oneOf('unknown-key', 'foreign-key-same-kid'),
  omit: flag,
};

/** Where what goes wrong, how often. */
export const faultOrder: Shape = {
  endpoint: kakaoPath,
  times: whole(1),
  always: flag,
  status: whole(200, 599),
  body,
  headers,
  delayMs: whole(0, 600_000),
  reset: flag,
  malformed: flag,
  truncate: flag,
  contentType: text,
  kakao: kakaoCode,
  replace: anyObject,
  idToken: { ...anyObject, schema: objectOf(idTokenShape, []) },
};

interface Sent extends Omit<FaultEffect, 'body' | 'idToken'> {
  readonly endpoint: string;
  readonly times?: number;
  readonly always?: boolean;
  readonly body?: string | Record<string, unknown>;
  readonly idToken?: Record<string, unknown>;
}

/** A checked order for a fault. */
export interface FaultOrder {
  readonly endpoint: string;
  readonly times: number;
  readonly effect: FaultEffect;
}

/** Reads the body of `POST /faults`, or says what is wrong with it. */
export function readFaultOrder(json: string): FaultOrder | Reply {
  const sent = readBody<Sent>(json, faultOrder, ['endpoint']);
  if (isProblem(sent)) return sent;
  const { endpoint: at, times = 1, always, body: content, idToken, ...effect } = sent;
  const wrong = idToken && idTokenProblem(idToken, at);
  if (wrong) return wrong;
  const asText = typeof content === 'object' ? JSON.stringify(content) : content;
  const parts = {
    ...(asText === undefined ? {} : { body: asText }),
    ...(idToken ? { idToken: idTokenFault(idToken) } : {}),
  };
  return { endpoint: at, times: always ? Number.POSITIVE_INFINITY : times, effect: { ...effect, ...parts } };
}

function idTokenProblem(idToken: Record<string, unknown>, at: string): Reply | undefined {
  if (at !== '/oauth/token') return problem(400, 'idToken is for the endpoint /oauth/token', 'idToken');
  return shapeProblem(idToken, idTokenShape, [], 'idToken.');
}

function idTokenFault({ alg, signWith, omit, ...claims }: Record<string, unknown>): IdTokenFault {
  return {
    claims,
    ...(alg === 'none' || alg === 'HS256' ? { alg } : {}),
    ...(signWith === 'unknown-key' || signWith === 'foreign-key-same-kid' ? { signWith } : {}),
    ...(omit === true ? { omit } : {}),
  };
}
