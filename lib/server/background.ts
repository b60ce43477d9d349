import { settleInterruptedEvents } from '../account/kakao-events';
import { resealKakaoTokens } from '../account/kakao-tokens';
import { retryPendingUnlinks, type UnlinkAttempt } from '../account/pending-unlinks';
import { purgeHistory } from '../db/history';
import { purgeKakaoTokens } from '../db/kakao-tokens';
import { purgeRefusals } from '../db/refusals';
import { purgeSessions } from '../db/sessions';
import { purgeWebhookEvents } from '../db/webhook-events';
import type { LoginDeps } from '../login/deps';
import { isDraining } from './draining';
import { describeError, logEvent } from './log';
import { countDatabaseError, countUnlink } from './metrics';
import { outsideRequest } from './outside-request';

/** What the background work has done. */
export interface BackgroundReport {
  /** Webhook events that had been interrupted, and are settled now. */
  readonly settledEvents: number;
  /** Attempts at pending unlinks at Kakao, by how they ended. */
  readonly unlinks: Readonly<Record<UnlinkAttempt['kind'], number>>;
  /** Rows that were too old and are deleted. */
  readonly purgedRows: number;
  /** Kept tokens of Kakao that were sealed with an older secret, and are sealed with the newest now. */
  readonly resealedTokens: number;
}

interface Background {
  timer?: NodeJS.Timeout;
  /** How many runs are under way or wait. */
  runs: number;
  /** Ends when they have. */
  ended: Promise<unknown>;
  /** When what is hourly is due, ms. */
  hourlyAt: number;
}

declare global {
  // Next bundles routes and instrumentation apart; the process does each thing once.
  var kakaoLoginBackground: Background | undefined;
}

const everyMs = 2_000;
const hourlyMs = 3_600_000;
const keepEventsMs = 90 * 24 * 3_600_000;
/** Longer than a login flow can take: one that began before an account was erased makes no new one. */
const keepErasuresMs = 15 * 60_000;
const keepEndedSessionsMs = 7 * 24 * 3_600_000;

function background(): Background {
  globalThis.kakaoLoginBackground ??= { runs: 0, ended: Promise.resolve(), hourlyAt: 0 };
  return globalThis.kakaoLoginBackground;
}

/** Starts the background work, once per process; it never keeps the process alive. */
export function startBackgroundWork(deps: LoginDeps): void {
  background().timer ??= setInterval(() => void runBackgroundWork(deps), everyMs).unref();
}

/** Runs what is due, one task after the other, unless some is running already. */
export async function runBackgroundWork(deps: LoginDeps): Promise<void> {
  // The others may wait for Kakao, and what was erased must not.
  forgetErased(deps);
  if (background().runs > 0 || isDraining()) return;
  const isHourlyDue = deps.now().getTime() >= background().hourlyAt;
  await inTurn(() => runTasks(deps, isHourlyDue));
}

/**
 * Runs every task once, also what is hourly, after those that are running: of several at once each does what the others
 * have left.
 *
 * @throws what the first task that failed has thrown, when the others are done
 */
export async function runAllBackgroundWork(deps: LoginDeps): Promise<BackgroundReport> {
  const { report, errors } = await inTurn(() => runTasks(deps, true));
  forgetErased(deps);
  if (errors.length > 0) throw errors[0];
  return report;
}

/** Runs this after what is running. The turn outlives the request that waits for it. */
function inTurn<T>(run: () => Promise<T>): Promise<T> {
  const state = background();
  state.runs += 1;
  return outsideRequest(() => {
    const done = state.ended.then(run).finally(() => {
      state.runs -= 1;
    });
    state.ended = done.catch(() => undefined);
    return done;
  });
}

/** One that fails stops no other. */
async function runTasks(
  deps: LoginDeps,
  withHourly: boolean,
): Promise<{ report: BackgroundReport; errors: readonly unknown[] }> {
  const errors: unknown[] = [];
  const attempt = <T>(task: (deps: LoginDeps) => Promise<T>): Promise<T | undefined> =>
    task(deps).catch((error: unknown) => {
      errors.push(error);
      logFailure(error);
      return undefined;
    });
  const settledEvents = (await attempt(settleEvents)) ?? 0;
  const unlinks = (await attempt(unlinkPending)) ?? { unlinked: 0, cancelled: 0, failed: 0 };
  const { purgedRows = 0, resealedTokens = 0 } = (withHourly && (await attempt(hourly))) || {};
  return { report: { settledEvents, unlinks, purgedRows, resealedTokens }, errors };
}

/** Until then what was erased can be read in the write-ahead log. */
export function forgetErased({ db }: LoginDeps): void {
  try {
    db.emptyLog();
  } catch (error) {
    logFailure(error);
  }
}

function logFailure(error: unknown): void {
  countDatabaseError(error);
  logEvent('error', 'background.failed', { error: describeError(error) });
}

async function settleEvents(deps: LoginDeps): Promise<number> {
  const settled = await settleInterruptedEvents(deps);
  if (settled > 0) logEvent('warn', 'webhook.settled_late', { count: settled });
  return settled;
}

/** Batch after batch, until none is due or Kakao refuses one. */
async function unlinkPending(deps: LoginDeps): Promise<BackgroundReport['unlinks']> {
  const kinds = { unlinked: 0, cancelled: 0, failed: 0 };
  let attempts: UnlinkAttempt[];
  do {
    attempts = isDraining() ? [] : await retryPendingUnlinks(deps);
    for (const attempt of attempts) {
      kinds[attempt.kind] += 1;
      countUnlink(attempt.kind);
      if (attempt.kind !== 'failed') logEvent('info', `unlink.${attempt.kind}`);
      else {
        const { transient, kakaoCode, code } = attempt.error;
        logEvent(transient ? 'warn' : 'error', 'unlink.failed', { code, kakaoCode });
      }
    }
  } while (attempts.length > 0 && kinds.failed === 0);
  return kinds;
}

async function hourly(deps: LoginDeps): Promise<Pick<BackgroundReport, 'purgedRows' | 'resealedTokens'>> {
  background().hourlyAt = deps.now().getTime() + hourlyMs;
  let purgedRows = await purgeRefusals(deps.db, new Date(Date.now() - keepErasuresMs));
  let batch: number;
  do {
    batch = isDraining() ? 0 : await purgeBatch(deps);
    purgedRows += batch;
  } while (batch > 0);
  deps.db.rewriteFile();
  // What it was written from is in the log.
  deps.db.noteErasure();
  const { resealed, unreadable } = await resealKakaoTokens(deps);
  if (resealed > 0) logEvent('info', 'tokens.resealed', { count: resealed });
  if (unreadable > 0) logEvent('warn', 'tokens.unreadable', { count: unreadable });
  return { purgedRows, resealedTokens: resealed };
}

/** Deletes one batch of everything that is too old; how many rows there were. */
async function purgeBatch({ db, now }: LoginDeps): Promise<number> {
  const at = now();
  const before = (ms: number) => new Date(at.getTime() - ms);
  const sessions = await purgeSessions(db, at, before(keepEndedSessionsMs));
  const entries = await purgeHistory(db, at);
  const events = await purgeWebhookEvents(db, before(keepEventsMs));
  return sessions + entries + events + (await purgeKakaoTokens(db, at));
}
