import { isRecord } from '../json.ts';
import { isRedirectError, redirectErrors } from '../refusals/redirect-errors.ts';
import {
  addFault,
  type Fault,
  type FaultCondition,
  type FaultEffect,
  type IdTokenFault,
  removeFault,
} from '../world/faults.ts';
import type { World } from '../world/world.ts';
import {
  headers,
  headerValue,
  howOften,
  kakaoPath,
  refuseTimesWithAlways,
  shownTimes,
  timesLeft,
  userId,
} from './fields.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { Problem, refuse } from './problem.ts';
import {
  anyObject,
  component,
  flag,
  list,
  object,
  objectFlaw,
  oneOf,
  open,
  partial,
  record,
  type Schema,
  schema,
  type TypeOf,
  text,
  whole,
} from './schema.ts';

const kakaoCode = schema<string | number>(
  'be a kapi code such as -10, a KOE code such as "KOE320" or a redirect error such as "access_denied"',
  (value) =>
    (Number.isInteger(value) && Number(value) < 0) ||
    (typeof value === 'string' && (/^KOE\d{3}$/.test(value) || isRedirectError(value))),
  {
    anyOf: [
      { type: 'integer', maximum: -1 },
      { type: 'string', pattern: '^KOE\\d{3}$' },
      { enum: Object.keys(redirectErrors) },
    ],
  },
);
const pairs = record('be an object of texts', text);
const anyBody = schema<string | object>(
  'be a text, sent as it is, or an object, sent as JSON',
  (it) => typeof it === 'string' || isRecord(it),
  { type: ['string', 'object'] },
);
const probability = schema<number>(
  'be a number above 0 and at most 1',
  (value) => typeof value === 'number' && value > 0 && value <= 1,
  { type: 'number', exclusiveMinimum: 0, maximum: 1 },
);
const anyClaim = schema<unknown>('be a claim', () => true, {});

const match = partial({ method: oneOf('GET', 'POST'), clientId: text, userId, query: pairs, form: pairs });

const idToken = partial({
  iss: anyClaim,
  aud: anyClaim,
  nonce: anyClaim,
  sub: anyClaim,
  exp: anyClaim,
  iat: anyClaim,
  auth_time: anyClaim,
  email: anyClaim,
  nickname: anyClaim,
  picture: anyClaim,
  alg: oneOf('none', 'HS256'),
  signWith: oneOf('unknown-key', 'foreign-key-same-kid'),
  omit: flag,
});

/** When and how often it goes wrong. */
const condition = { match: anyObjectLike(match), nth: whole(1), probability, seed: whole(0, 2 ** 31) };

/** What goes wrong. */
const effect = {
  status: whole(200, 599),
  body: anyBody,
  headers,
  /** Before anything is answered. */
  delayMs: whole(0, 600_000),
  /** Between the headers and the body. */
  bodyDelayMs: whole(0, 600_000),
  /** How fast the body comes. */
  bytesPerSecond: whole(1),
  /** Cuts the connection without an answer. */
  reset: flag,
  /** Breaks the JSON syntax. */
  malformed: flag,
  /** Promises the whole length, sends half of it, cuts the connection. */
  truncate: flag,
  contentType: headerValue,
  kakao: kakaoCode,
  /** Merged deeply into the genuine JSON answer. */
  replace: anyObject,
  idToken: anyObjectLike(idToken),
};

/** Where what goes wrong, when and how often. */
export const faultOrder = partial({ endpoint: kakaoPath, ...condition, ...howOften, ...effect }, 'endpoint');
type FaultOrder = TypeOf<typeof faultOrder>;

const fault = component('Fault', open(object({ id: text, endpoint: text, remaining: timesLeft })));
export const faultList = object({ faults: list(fault) });

/** Faults of endpoints. */
export const faultRoutes: ControlRoutes = {
  faults: {
    GET: operation({
      summary: 'Faults that still wait',
      answer: faultList,
      handle: ({ world }) => ({ faults: world.faults.map(shownFault) }),
    }),
    POST: operation({
      summary: 'Lets something go wrong at an endpoint',
      body: faultOrder,
      answer: fault,
      status: 201,
      handle: ({ world, body }) => shownFault(setFault(world, body())),
    }),
    DELETE: operation({
      summary: 'Forgets all faults',
      handle: ({ world }) => {
        world.faults.length = 0;
      },
    }),
  },
  'faults/:fault': {
    DELETE: operation({
      summary: 'Forgets one fault',
      handle: ({ world, id }) => {
        if (!removeFault(world.faults, id)) throw new Problem(404, `no fault ${id}`);
      },
    }),
  },
};

/** A fault as the control API shows it. */
export interface ShownFault extends FaultEffect, FaultCondition {
  readonly id: string;
  readonly endpoint: string;
  readonly remaining: number | 'always';
}

export function shownFault({ remaining, toSkip: _, random: __, ...rest }: Fault): ShownFault {
  return { ...rest, remaining: shownTimes(remaining) };
}

function setFault(world: World, order: FaultOrder): Fault {
  refuseTimesWithAlways(order);
  if (order.idToken && order.endpoint !== '/oauth/token')
    throw new Problem(400, 'idToken is for the endpoint /oauth/token', 'idToken');
  refuse(order.idToken && objectFlaw(order.idToken, idToken, 'idToken'));
  refuse(order.match && objectFlaw(order.match, match, 'match'));
  if (order.seed !== undefined && order.probability === undefined)
    throw new Problem(400, 'seed is for a probability', 'seed');
  const faultEffect = effectOf(order);
  if (Object.keys(faultEffect).length === 0)
    throw new Problem(400, 'nothing is said to go wrong, such as a status');
  const { endpoint, times, always } = order;
  // A fault with a probability stays until it is cleared, unless the order says how often.
  const forever = always || (order.probability !== undefined && times === undefined);
  const remaining = forever ? Number.POSITIVE_INFINITY : (times ?? 1);
  return addFault(world.faults, endpoint, remaining, faultEffect, conditionOf(order));
}

function conditionOf(order: FaultOrder): FaultCondition {
  return Object.fromEntries(Object.entries(order).filter(([name]) => name in condition));
}

function effectOf({ body, idToken: token, ...order }: FaultOrder): FaultEffect {
  const text = typeof body === 'object' ? JSON.stringify(body) : body;
  return {
    ...Object.fromEntries(Object.entries(order).filter(([name]) => name in effect)),
    ...(text !== undefined && { body: text }),
    ...(token && { idToken: idTokenFault(token) }),
  };
}

function idTokenFault({ alg, signWith, omit, ...claims }: TypeOf<typeof idToken>): IdTokenFault {
  return { claims, ...(alg && { alg }), ...(signWith && { signWith }), ...(omit && { omit }) };
}

/** Accepts any object at first, so that a mistake in it is reported only once the rest of the order is valid. */
function anyObjectLike<T>(one: Schema<T>): Schema<T> {
  return { ...one, must: anyObject.must, accepts: (value): value is T => isRecord(value) };
}
