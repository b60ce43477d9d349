import { newId } from './opaque.ts';

/** How an ID token is to be spoilt. */
export interface IdTokenFault {
  /** Claims to set; `null` removes one. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly alg?: 'none' | 'HS256';
  readonly signWith?: 'unknown-key' | 'foreign-key-same-kid';
  readonly omit?: boolean;
}

/** What goes wrong at an endpoint. Without `status`, `body` or `kakao` the genuine answer is made, then spoilt. */
export interface FaultEffect {
  readonly status?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  /** Cuts the connection without an answer. */
  readonly reset?: boolean;
  /** Breaks the JSON syntax. */
  readonly malformed?: boolean;
  /** Promises the whole length, sends half of it, cuts the connection. */
  readonly truncate?: boolean;
  readonly contentType?: string;
  /** A kapi code such as -10, or a KOE code such as `KOE320`. */
  readonly kakao?: number | string;
  /** Merged deeply into the genuine JSON answer; `null` stays `null`. */
  readonly replace?: Readonly<Record<string, unknown>>;
  readonly idToken?: IdTokenFault;
}

export interface Fault extends FaultEffect {
  readonly id: string;
  readonly endpoint: string;
  /** Requests left; `Infinity` for always. */
  remaining: number;
}

const MOST_FAULTS = 1_000;

/** Adds a fault behind those that are waiting for the same endpoint. */
export function addFault(faults: Fault[], endpoint: string, times: number, effect: FaultEffect): Fault {
  const fault = { id: newId(), endpoint, ...effect, remaining: times };
  faults.push(fault);
  if (faults.length > MOST_FAULTS) faults.shift();
  return fault;
}

/** Uses up one request of the first fault that waits for this endpoint. */
export function takeFault(faults: Fault[], endpoint: string): Fault | undefined {
  if (faults.length === 0) return undefined;
  const at = faults.findIndex((fault) => fault.endpoint === endpoint);
  const fault = faults[at];
  if (!fault) return undefined;
  fault.remaining -= 1;
  if (fault.remaining <= 0) faults.splice(at, 1);
  return fault;
}
