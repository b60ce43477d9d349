import { newId, randomFrom } from './random.ts';

/** What is wrong with an ID token. */
export interface IdTokenFault {
  /** Claims to set; `null` removes one. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly alg?: 'none' | 'HS256';
  readonly signWith?: 'unknown-key' | 'foreign-key-same-kid';
  readonly omit?: boolean;
}

/** What goes wrong at an endpoint. Without `status`, `body` or `kakao` the genuine answer is made, then changed. */
export interface FaultEffect {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Before anything is answered. */
  readonly delayMs?: number;
  /** Between the headers and the body. */
  readonly bodyDelayMs?: number;
  /** How fast the body comes. */
  readonly bytesPerSecond?: number;
  /** Cuts the connection without an answer. */
  readonly reset?: boolean;
  /** Breaks the JSON syntax. */
  readonly malformed?: boolean;
  /** Promises the whole length, sends half of it, cuts the connection. */
  readonly truncate?: boolean;
  readonly contentType?: string;
  /** A kapi code such as -10, a KOE code such as `KOE320`, or a redirect error such as `access_denied`. */
  readonly kakao?: number | string;
  /** Merged deeply into the genuine JSON answer; `null` stays `null`. */
  readonly replace?: Readonly<Record<string, unknown>>;
  readonly idToken?: IdTokenFault;
}

/** Which calls of the endpoint a fault is for; a call has to match all that is given. */
interface FaultMatch {
  readonly method?: string;
  /** A platform key: `client_id`, or that of the token. */
  readonly clientId?: string;
  /** A person: the owner of the token or code, or the target of an admin call. */
  readonly userId?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly form?: Readonly<Record<string, string>>;
}

/** Which of the matching calls a fault affects. */
export interface FaultCondition {
  readonly match?: FaultMatch;
  /** The first matching call that it affects, counted from 1. */
  readonly nth?: number;
  /** How likely it affects a call, above 0 and at most 1. The same `seed` always affects the same calls. */
  readonly probability?: number;
  readonly seed?: number;
}

export interface Fault extends FaultEffect, FaultCondition {
  readonly id: string;
  readonly endpoint: string;
  /** Requests left; `Infinity` for always. */
  remaining: number;
  /** How many matching calls to skip first. */
  toSkip: number;
  /** The random numbers of a `probability`. */
  readonly random: () => number;
}

/** What faults match a call by. */
export interface Call {
  readonly path: string;
  readonly method: string;
  readonly query: URLSearchParams;
  readonly form: URLSearchParams;
}

/** The platform keys and users that a call names. */
export interface Parties {
  readonly clientIds: readonly string[];
  readonly userIds: readonly string[];
}

const MOST_FAULTS = 1_000;

/** Adds a fault behind those that are pending for the same endpoint. */
export function addFault(
  faults: Fault[],
  endpoint: string,
  times: number,
  effect: FaultEffect,
  condition: FaultCondition = {},
): Fault {
  const { nth = 1, seed = 1 } = condition;
  const fault = {
    id: newId(),
    endpoint,
    ...effect,
    ...condition,
    remaining: times,
    toSkip: nth - 1,
    random: randomFrom(seed),
  };
  faults.push(fault);
  if (faults.length > MOST_FAULTS) faults.shift();
  return fault;
}

/** Uses up one request of the first fault that affects this call. */
export function takeFault(faults: Fault[], call: Call, partiesOf: () => Parties): Fault | undefined {
  if (faults.length === 0) return undefined;
  const fault = faults.find((it) => it.endpoint === call.path && matches(it, call, partiesOf) && applies(it));
  if (!fault) return undefined;
  fault.remaining -= 1;
  if (fault.remaining <= 0) faults.splice(faults.indexOf(fault), 1);
  return fault;
}

/** Removes one fault; false if there is none with this id. */
export function removeFault(faults: Fault[], id: string): boolean {
  const at = faults.findIndex((fault) => fault.id === id);
  if (at >= 0) faults.splice(at, 1);
  return at >= 0;
}

function matches({ match }: Fault, call: Call, partiesOf: () => Parties): boolean {
  if (!match) return true;
  const { method = call.method, clientId, userId, query = {}, form = {} } = match;
  return (
    method === call.method &&
    Object.entries(query).every(([name, value]) => call.query.get(name) === value) &&
    Object.entries(form).every(([name, value]) => call.form.get(name) === value) &&
    (clientId === undefined || partiesOf().clientIds.includes(clientId)) &&
    (userId === undefined || partiesOf().userIds.includes(userId))
  );
}

/** Whether a fault affects this matching call; counts the call and draws its random number. */
function applies(fault: Fault): boolean {
  if (fault.toSkip > 0) {
    fault.toSkip -= 1;
    return false;
  }
  return fault.probability === undefined || fault.random() < fault.probability;
}
