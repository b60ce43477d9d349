import { isRedirectError, redirectErrors } from '../refusals/redirect-errors.ts';
import { isRecord } from '../server/json.ts';
import type { Reply } from '../server/reply.ts';
import type { FaultCondition, FaultEffect, IdTokenFault } from '../world/faults.ts';
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
  userId,
  whole,
} from './body-shape.ts';
import { headers, headerValue } from './header-fields.ts';
import { howOften, howOftenProblem } from './how-often.ts';
import { kakaoPath } from './kakao-path.ts';
import { objectOf } from './object-schema.ts';
import { problem } from './problem.ts';

const kakaoCode: Rule = {
  must: 'be a kapi code such as -10, a KOE code such as "KOE320" or a redirect error such as "access_denied"',
  test: (value) =>
    (Number.isInteger(value) && Number(value) < 0) ||
    (typeof value === 'string' && (/^KOE\d{3}$/.test(value) || isRedirectError(value))),
  schema: {
    anyOf: [
      { type: 'integer', maximum: -1 },
      { type: 'string', pattern: '^KOE\\d{3}$' },
      { enum: Object.keys(redirectErrors) },
    ],
  },
};
const pairs: Rule = {
  must: 'be an object of texts',
  test: (value) => isRecord(value) && Object.values(value).every((entry) => typeof entry === 'string'),
  schema: { type: 'object', additionalProperties: { type: 'string' } },
};
const body: Rule = {
  must: 'be a text, sent as it is, or an object, sent as JSON',
  test: (it) => text.test(it) || isRecord(it),
  schema: { type: ['string', 'object'] },
};

const matchShape: Shape = {
  method: oneOf('GET', 'POST'),
  clientId: text,
  userId,
  query: pairs,
  form: pairs,
};
const probability: Rule = {
  must: 'be a number above 0 and at most 1',
  test: (value) => typeof value === 'number' && value > 0 && value <= 1,
  schema: { type: 'number', exclusiveMinimum: 0, maximum: 1 },
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
  match: { ...anyObject, schema: objectOf(matchShape, []) },
  nth: whole(1),
  ...howOften,
  probability,
  seed: whole(0, 2 ** 31),
  status: whole(200, 599),
  body,
  headers,
  delayMs: whole(0, 600_000),
  bodyDelayMs: whole(0, 600_000),
  bytesPerSecond: whole(1),
  reset: flag,
  malformed: flag,
  truncate: flag,
  contentType: headerValue,
  kakao: kakaoCode,
  replace: anyObject,
  idToken: { ...anyObject, schema: objectOf(idTokenShape, []) },
};

interface Sent extends Omit<FaultEffect, 'body' | 'idToken'>, FaultCondition {
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
  readonly condition: FaultCondition;
}

/** Reads the body of `POST /faults`, or says what is wrong with it. */
export function readFaultOrder(json: string): FaultOrder | Reply {
  const sent = readBody<Sent>(json, faultOrder, ['endpoint']);
  if (isProblem(sent)) return sent;
  const wrong = howOftenProblem(sent) ?? nestedProblem(sent) ?? conditionProblem(sent);
  if (wrong) return wrong;
  const effect = effectOf(sent);
  if (Object.keys(effect).length === 0) return problem(400, 'nothing is said to go wrong, such as a status');
  const { endpoint, times, always, probability: chance } = sent;
  // What strikes by chance strikes until it is cleared, unless it is told how often.
  const forever = always || (chance !== undefined && times === undefined);
  return {
    endpoint,
    times: forever ? Number.POSITIVE_INFINITY : (times ?? 1),
    effect,
    condition: conditionOf(sent),
  };
}

function conditionOf(sent: Sent): FaultCondition {
  const names = ['match', 'nth', 'probability', 'seed'];
  return Object.fromEntries(Object.entries(sent).filter(([name]) => names.includes(name)));
}

function nestedProblem({ endpoint, idToken, match }: Sent): Reply | undefined {
  return (
    (idToken && idTokenProblem(idToken, endpoint)) ??
    (match && shapeProblem({ ...match }, matchShape, [], 'match.'))
  );
}

function conditionProblem({ seed, probability: chance }: Sent): Reply | undefined {
  if (seed !== undefined && chance === undefined) return problem(400, 'seed is for a probability', 'seed');
  return undefined;
}

function effectOf(sent: Sent): FaultEffect {
  const { endpoint, times, always, match, nth, probability: _, seed, body: content, idToken, ...rest } = sent;
  const asText = typeof content === 'object' ? JSON.stringify(content) : content;
  return {
    ...rest,
    ...(asText === undefined ? {} : { body: asText }),
    ...(idToken ? { idToken: idTokenFault(idToken) } : {}),
  };
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
