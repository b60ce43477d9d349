import { AsyncLocalStorage } from 'node:async_hooks';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { UnlinkAttempt } from '../account/pending-unlinks';
import { isDatabaseError } from '../db/errors';
import type { KakaoCallTiming } from '../kakao/config';
import type { LoginDeps } from '../login/deps';
import type { Env } from './env';
import { outsideRequest } from './outside-request';

// What /api/metrics tells; docs/operations.md explains each. Every label has few values, which are all in the code, and none
// says anything about a person. Where nobody can ask for them, nothing is counted.

/** How a login came in, and how it ended. */
type Entrance = 'web' | 'api';
type LoginOutcome = 'signed_in' | 'already_signed_in' | 'guest' | 'declined' | 'failed';

/** A login that is measured. `run` is the part that may ask Kakao; `cause` says why it failed, in our words. */
interface MeasuredLogin {
  readonly run: <T>(login: () => Promise<T>) => Promise<T>;
  readonly end: (outcome: LoginOutcome, cause?: string) => void;
}

declare global {
  // Pages, routes and server.ts are bundled apart; the process counts once, or not at all.
  var kakaoLoginMetrics: Metrics | undefined;
}

type Metrics = ReturnType<typeof createMetrics>;

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Counter<Label>({ name: `kakao_login_${name}`, help, labelNames, registers });
  const histogram = <Label extends string>(name: string, help: string, labelNames: readonly Label[]) =>
    new Histogram<Label>({ name: `kakao_login_${name}`, help, labelNames, buckets: seconds, registers });
  const gauge = (name: string, help: string) => new Gauge({ name: `kakao_login_${name}`, help, registers });
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    logins: counter('logins_total', 'Logins that have ended', ['via', 'outcome', 'cause']),
    loginSeconds: histogram('login_duration_seconds', 'What a login took, without the browser', [
      'via',
      'leg',
    ]),
    kakaoSeconds: histogram('kakao_request_duration_seconds', 'Requests to Kakao', ['endpoint', 'status']),
    limited: counter('limited_total', 'Requests over a limit', ['limit']),
    sessionChecks: counter('session_checks_total', 'Sessions that were asked for', ['outcome']),
    databaseErrors: counter('database_errors_total', 'Times that the database could not be used', []),
    webhooks: counter('webhooks_total', 'Webhooks of Kakao', ['channel', 'outcome']),
    unlinks: counter('unlink_attempts_total', 'Later attempts to unlink somebody at Kakao', ['outcome']),
    pending: gauge('pending_unlinks', 'People who have left and are still linked at Kakao'),
    oldestPending: gauge('oldest_pending_unlink_seconds', 'How long the first of them has been waiting'),
    /** What Kakao has taken so far of the login that is running. */
    kakaoTime: new AsyncLocalStorage<{ ms: number }>(),
  };
}

/** Begins to count, and to watch the event loop, where somebody can ask for it; once per process. */
export function startMetrics({ production, metricsToken }: Env): void {
  if (production && metricsToken === undefined) return;
  globalThis.kakaoLoginMetrics ??= outsideRequest(createMetrics);
}

const unmeasured: MeasuredLogin = { run: (login) => login(), end: () => undefined };

/** Measures a login from now until its `end`. Of one that signs somebody in, what Kakao took and what we took. */
export function measureLogin(via: Entrance): MeasuredLogin {
  const now = globalThis.kakaoLoginMetrics;
  if (!now) return unmeasured;
  const kakao = { ms: 0 };
  const startedAt = performance.now();
  return {
    run: (login) => now.kakaoTime.run(kakao, login),
    end: (outcome, cause = 'none') => {
      now.logins.inc({ via, outcome, cause });
      // A callback that came twice has waited for the first and asked nobody.
      if (outcome !== 'signed_in' || kakao.ms === 0) return;
      const ownMs = Math.max(0, performance.now() - startedAt - kakao.ms);
      now.loginSeconds.observe({ via, leg: 'kakao' }, kakao.ms / 1_000);
      now.loginSeconds.observe({ via, leg: 'own' }, ownMs / 1_000);
    },
  };
}

/** Measures one request to Kakao, as part of the login that it belongs to. */
export function measureKakao({ path, status, ms }: KakaoCallTiming): void {
  const now = globalThis.kakaoLoginMetrics;
  if (!now) return;
  const running = now.kakaoTime.getStore();
  if (running) running.ms += ms;
  const answered = status === null ? 'none' : `${Math.floor(status / 100)}xx`;
  now.kakaoSeconds.observe({ endpoint: path, status: answered }, ms / 1_000);
}

/** Counts a request that was one too many of its kind. */
export function countLimited(limit: string): void {
  globalThis.kakaoLoginMetrics?.limited.inc({ limit });
}

/** Counts that a session was asked for. `refused`: there was a token, and no session that holds. */
export function countSessionCheck(outcome: 'valid' | 'refused' | 'none'): void {
  globalThis.kakaoLoginMetrics?.sessionChecks.inc({ outcome });
}

/** Counts an error, if it is that the database cannot be used. */
export function countDatabaseError(error: unknown): void {
  if (isDatabaseError(error)) globalThis.kakaoLoginMetrics?.databaseErrors.inc();
}

/** Counts a webhook by what came of it: an outcome, or `refused`. */
export function countWebhook(channel: 'unlink' | 'account_state', outcome: string): void {
  globalThis.kakaoLoginMetrics?.webhooks.inc({ channel, outcome });
}

/** Counts a later attempt to unlink somebody. */
export function countUnlink(outcome: UnlinkAttempt['kind']): void {
  globalThis.kakaoLoginMetrics?.unlinks.inc({ outcome });
}

/** All of it in Prometheus's text format; `null` where nothing is counted. What only the database knows is NaN without it. */
export async function renderMetrics({ db, now }: LoginDeps): Promise<string | null> {
  const current = globalThis.kakaoLoginMetrics;
  if (!current) return null;
  const { pending, oldestPending, registry } = current;
  try {
    const found = await db.pendingUnlink.aggregate({ _count: true, _min: { createdAt: true } });
    const at = now().getTime();
    const oldest = found._min.createdAt?.getTime() ?? at;
    pending.set(found._count);
    oldestPending.set(Math.max(0, at - oldest) / 1_000);
  } catch (error) {
    countDatabaseError(error);
    pending.set(Number.NaN);
    oldestPending.set(Number.NaN);
  }
  return registry.metrics();
}
