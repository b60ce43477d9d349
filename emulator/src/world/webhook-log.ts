import type { Bilingual } from './consent-items.ts';
import { newId } from './random.ts';

const MOST_ATTEMPTS = 500;

export type WebhookKind = 'unlink' | 'account-state';

/** One message to an app, exactly as it goes over the wire; replays are byte for byte the same. */
export interface Delivery {
  readonly id: string;
  readonly appId: number;
  readonly kind: WebhookKind;
  /** The event's name or URI. */
  readonly event: string;
  readonly reason: string | null;
  readonly userId: string;
  /** The identifier of a security event token. */
  readonly jti: string | null;
  /** What is wrong with it on purpose. */
  readonly flaw: string | null;
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

/** One attempt to send a delivery, or the record that it was held back. */
export interface Attempt {
  readonly id: string;
  readonly delivery: Delivery;
  /** Unix milliseconds. */
  readonly time: number;
  readonly durationMs: number;
  /** The HTTP status of the answer, if there was one. */
  readonly status: number | null;
  /** Whether Kakao would accept the answer; `null` when nothing was sent. */
  readonly accepted: boolean | null;
  /** The same in words. */
  readonly verdict: Bilingual;
  /** The beginning of the answer's body, which Kakao ignores. */
  readonly answer: string;
}

/** What has been sent, and what is on its way. */
export interface Webhooks {
  /** The last 500 attempts, oldest first. */
  readonly attempts: Attempt[];
  /** The last job in the queue of each app, by app id. */
  readonly lines: Map<number, Promise<unknown>>;
  waiting: number;
  /** Messages that were dropped because too many were pending. */
  dropped: number;
  /** Aborted when this state of the world ends. */
  readonly ended: AbortController;
}

/** Nothing sent yet. */
export function noWebhooks(): Webhooks {
  return { attempts: [], lines: new Map(), waiting: 0, dropped: 0, ended: new AbortController() };
}

/** Logs an attempt; beyond 500 the oldest goes. */
export function logAttempt(webhooks: Webhooks, attempt: Omit<Attempt, 'id'>): Attempt {
  const logged = { id: newId(), ...attempt };
  webhooks.attempts.push(logged);
  if (webhooks.attempts.length > MOST_ATTEMPTS) webhooks.attempts.shift();
  return logged;
}

/** The delivery with this id, while an attempt at it is remembered. */
export function findDelivery(webhooks: Webhooks, id: string): Delivery | undefined {
  return webhooks.attempts.findLast(({ delivery }) => delivery.id === id)?.delivery;
}

/** The deliveries whose latest attempt was not accepted, oldest first; held ones are not among them. */
export function failedDeliveries(webhooks: Webhooks): Delivery[] {
  const latest = new Map(webhooks.attempts.map((attempt) => [attempt.delivery, attempt]));
  return [...latest.values()].filter(({ accepted }) => accepted === false).map(({ delivery }) => delivery);
}
