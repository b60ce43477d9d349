import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Bilingual } from '../world/consent-items.ts';
import {
  type Attempt,
  type Delivery,
  logAttempt,
  type WebhookKind,
  type Webhooks,
} from '../world/webhook-log.ts';
import { now, type World } from '../world/world.ts';

/** With this many pending messages further ones are dropped, so that memory stays bounded. */
const MOST_WAITING = 1_000;

/** This much of an answer's body is kept for people to read. */
const MOST_ANSWER_CHARS = 2_000;

/** The status with which an app accepts a webhook. */
const needed: Readonly<Record<WebhookKind, number>> = { unlink: 200, 'account-state': 202 };

/**
 * Runs a job after everything that is pending for this app, so that its messages keep their order. Resolves to `undefined`
 * when the job was dropped because too many are pending, or because the world was reset meanwhile.
 */
export function enqueue<T>(webhooks: Webhooks, appId: number, job: () => Promise<T>): Promise<T | undefined> {
  if (webhooks.waiting >= MOST_WAITING) {
    webhooks.dropped += 1;
    return Promise.resolve(undefined);
  }
  webhooks.waiting += 1;
  const run = async () => {
    try {
      return webhooks.ended.signal.aborted ? undefined : await job();
    } finally {
      webhooks.waiting -= 1;
    }
  };
  const before = webhooks.lines.get(appId) ?? Promise.resolve();
  const mine = before.then(run);
  webhooks.lines.set(appId, mine);
  return mine;
}

/** Resolves when nothing is pending or being sent. */
export async function whenIdle(webhooks: Webhooks): Promise<void> {
  while (webhooks.waiting > 0) await Promise.all(webhooks.lines.values());
}

/** A world and its webhook log as they were at the event: a reset replaces the log while messages are pending. */
interface DeliveryContext {
  readonly world: World;
  readonly webhooks: Webhooks;
}

/** Sends a delivery, `times` copies at once, and notes every attempt. */
export function deliver(delivery: Delivery, context: DeliveryContext, times = 1): Promise<Attempt[]> {
  return Promise.all(Array.from({ length: times }, () => attempt(delivery, context)));
}

/** Notes a delivery without sending it. */
export function holdBack(delivery: Delivery, { world, webhooks }: DeliveryContext): Attempt {
  return logAttempt(webhooks, {
    delivery,
    time: now(world),
    durationMs: 0,
    status: null,
    accepted: null,
    verdict: { en: 'held back, not sent', ko: '보류하고 보내지 않았습니다' },
    answer: '',
  });
}

async function attempt(delivery: Delivery, { world, webhooks }: DeliveryContext): Promise<Attempt> {
  const time = now(world);
  const timeoutMs = world.settings.webhookTimeoutMs;
  const started = performance.now();
  const outcome = await send(delivery, timeoutMs, webhooks.ended.signal);
  const answered = outcome.kind === 'answered';
  return logAttempt(webhooks, {
    delivery,
    time,
    durationMs: Math.round((performance.now() - started) * 100) / 100,
    status: answered ? outcome.status : null,
    answer: answered ? outcome.body : '',
    ...verdictOn(delivery.kind, outcome, timeoutMs),
  });
}

/** The outcome of sending: an answer, silence until the deadline, or a failed connection. */
type Outcome =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'silence' }
  | { readonly kind: 'failure'; readonly reason: string };

/** Sends a delivery over a connection of its own; redirects are not followed. Never rejects. */
async function send(delivery: Delivery, timeoutMs: number, ended: AbortSignal): Promise<Outcome> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await exchange(delivery, AbortSignal.any([deadline, ended]));
  } catch (error) {
    if (deadline.aborted) return { kind: 'silence' };
    return { kind: 'failure', reason: reasonOf(error) };
  }
}

function exchange({ url, method, headers, body }: Delivery, signal: AbortSignal): Promise<Outcome> {
  const start = new URL(url).protocol === 'https:' ? secureRequest : plainRequest;
  const length = body === null ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const request = start(url, { method, headers: { ...length, ...headers }, agent: false, signal });
    request.once('error', reject);
    request.once('response', (response) => {
      let answer = '';
      const finish = () => {
        resolve({ kind: 'answered', status: response.statusCode ?? 0, body: answer });
        request.destroy();
      };
      // The status has come in time; a body that fails changes nothing.
      request.off('error', reject).on('error', finish);
      response.setEncoding('utf8').on('data', (part: string) => {
        answer = (answer + part).slice(0, MOST_ANSWER_CHARS);
        if (answer.length === MOST_ANSWER_CHARS) finish();
      });
      for (const event of ['end', 'error', 'close'] as const) response.once(event, finish);
    });
    request.end(body ?? undefined);
  });
}

function reasonOf(error: unknown): string {
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  if (!(inner instanceof Error)) return String(inner);
  return 'code' in inner ? String(inner.code) : inner.message;
}

/** Whether Kakao would accept an outcome, and why in words. */
interface Verdict {
  readonly accepted: boolean;
  readonly verdict: Bilingual;
}

/** Only the status counts: 200 for the unlink webhook, 202 for the account-state webhook, in time. */
function verdictOn(kind: WebhookKind, outcome: Outcome, timeoutMs: number): Verdict {
  if (outcome.kind === 'silence')
    return refused({
      en: `no answer in ${timeoutMs / 1000} s`,
      ko: `${timeoutMs / 1000}초 안에 응답이 없었습니다`,
    });
  if (outcome.kind === 'failure')
    return refused({ en: `no answer: ${outcome.reason}`, ko: `응답이 없습니다: ${outcome.reason}` });
  const { status } = outcome;
  if (status === needed[kind])
    return { accepted: true, verdict: { en: `answered ${status}`, ko: `${status} 응답` } };
  const isRedirect = status >= 300 && status < 400;
  return refused({
    en: `answered ${status}, Kakao needs ${needed[kind]}${isRedirect ? '; redirects are not followed' : ''}`,
    ko: `${status} 응답, 카카오는 ${needed[kind]}을 기대합니다${isRedirect ? ' (리다이렉트는 따라가지 않음)' : ''}`,
  });
}

function refused(verdict: Bilingual): Verdict {
  return { accepted: false, verdict };
}
