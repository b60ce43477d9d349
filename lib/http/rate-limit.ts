import { RateLimiterMemory } from 'rate-limiter-flexible';
import { env } from '../server/env';
import { countLimited } from '../server/metrics';
import { outsideRequest } from '../server/outside-request';
import { clientAddress, clientNetwork } from './client-address';
import { Problem } from './problem';

/**
 * So many of each may be done in a minute, each counted by itself. By a client (an address): sized for a campus behind
 * one, at least 60 must pass and more than 1,500 must not. By a person: where every one asks Kakao or reads everything.
 */
const perMinute = {
  login: 1_200,
  callback: 1_200,
  api: 1_200,
  webhook: 1_200,
  /** Wrong secrets for what is the operator's. */
  operator: 1_200,
  /** Security event tokens that turned out not to be Kakao's; those that are being checked at that moment come on top. */
  security_event: 600,
  export: 5,
  consent: 10,
  /** Of Kakao's servers; the browser keeps each for an hour. */
  picture: 10,
  /** By everybody together: logins that ask Kakao, of which 1,000 in a second must pass. */
  kakao: 90_000,
} as const;

type Limited = keyof typeof perMinute;
/** What is counted by the address of the client. */
type ClientAction = Exclude<Limited, PersonAction | 'kakao'>;
/** What is counted by the person who is signed in. */
type PersonAction = 'export' | 'consent' | 'picture';

/**
 * At most so many clients, and so many people, are counted at a time; the one that was first seen longest ago makes room.
 * Whoever has that many addresses gains nothing by it: each of them has points of its own.
 */
const maxKeys = 50_000;

interface Limiter {
  readonly points: RateLimiterMemory;
  /** The keys that have points, the oldest first. */
  readonly keys: Set<string>;
}

/** Apart, so that no number of addresses makes the process forget what a person, or everybody, has done. */
interface Limiters {
  readonly clients: Limiter;
  readonly people: Limiter;
  readonly all: Limiter;
}

declare global {
  var kakaoLoginLimiters: Limiters | undefined;
}

function limiters(): Limiters {
  globalThis.kakaoLoginLimiters ??= {
    clients: createLimiter(),
    people: createLimiter(),
    all: createLimiter(),
  };
  return globalThis.kakaoLoginLimiters;
}

function createLimiter(): Limiter {
  const points = new RateLimiterMemory({ points: Number.MAX_SAFE_INTEGER, duration: 60 });
  return { points, keys: new Set() };
}

/** Counts one. Seconds to wait if it is one too many, else `null`. */
async function count({ points, keys }: Limiter, limited: Limited, who: string): Promise<number | null> {
  const key = `${limited}:${who}`;
  // The first of a key starts a timer of a minute.
  const { isFirstInDuration, consumedPoints, msBeforeNext } = await outsideRequest(() => points.consume(key));
  if (isFirstInDuration) {
    keys.delete(key);
    keys.add(key);
    const [oldest] = keys;
    if (keys.size > maxKeys && oldest !== undefined) {
      keys.delete(oldest);
      void points.delete(oldest);
    }
  }
  if (consumedPoints <= perMinute[limited]) return null;
  countLimited(limited);
  return secondsOf(msBeforeNext);
}

function secondsOf(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1_000));
}

function clientOf(headers: Headers): string {
  return clientNetwork(clientAddress(headers, env().trustedProxyHops));
}

/** Counts one request of this client. Seconds to wait if it is one too many, else `null`. */
export function limitRate(action: ClientAction, headers: Headers): Promise<number | null> {
  return count(limiters().clients, action, clientOf(headers));
}

/**
 * Counts one login that is about to ask Kakao, for everybody together, so that no number of addresses uses up the quota
 * of the app. Seconds to wait if it is one too many, else `null`.
 */
export function limitLogins(): Promise<number | null> {
  return count(limiters().all, 'kakao', 'all');
}

/**
 * Counts one login that is about to ask Kakao, for an API.
 *
 * @throws Problem `TOO_MANY_REQUESTS`
 */
export async function assertLoginsWithinRate(): Promise<void> {
  refuseIfTooMany(await limitLogins());
}

/**
 * Counts one request of this client, for an API.
 *
 * @throws Problem `TOO_MANY_REQUESTS`
 */
export async function assertWithinRate(action: ClientAction, headers: Headers): Promise<void> {
  refuseIfTooMany(await limitRate(action, headers));
}

/**
 * Counts nothing, for what is counted only if it fails: refuses a client of whom so many have failed that the next one
 * would be one too many.
 *
 * @throws Problem `TOO_MANY_REQUESTS`
 */
export async function assertRateIsLeft(action: ClientAction, headers: Headers): Promise<void> {
  const counted = await limiters().clients.points.get(`${action}:${clientOf(headers)}`);
  if (!counted || counted.consumedPoints < perMinute[action]) return;
  countLimited(action);
  refuseIfTooMany(secondsOf(counted.msBeforeNext));
}

/** Counts one request of a person who is signed in. Seconds to wait if it is one too many, else `null`. */
export function limitPerson(action: PersonAction, userId: string): Promise<number | null> {
  return count(limiters().people, action, userId);
}

/**
 * Counts one request of a person who is signed in, for an API.
 *
 * @throws Problem `TOO_MANY_REQUESTS`
 */
export async function assertPersonWithinRate(action: PersonAction, userId: string): Promise<void> {
  refuseIfTooMany(await limitPerson(action, userId));
}

function refuseIfTooMany(wait: number | null): void {
  if (wait) throw new Problem('TOO_MANY_REQUESTS', `Try again in ${wait} s.`, { 'retry-after': `${wait}` });
}
