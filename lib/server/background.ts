import { settleInterruptedEvents } from '../account/kakao-events';
import { resealKakaoTokens } from '../account/kakao-tokens';
import { retryPendingUnlinks } from '../account/pending-unlinks';
import { purgeHistory } from '../db/history';
import { purgeKakaoTokens } from '../db/kakao-tokens';
import { purgeRefusals } from '../db/refusals';
import { purgeSessions } from '../db/sessions';
import { purgeWebhookEvents } from '../db/webhook-events';
import type { LoginDeps } from '../login/deps';
import { isDraining } from './draining';
import { describeError, logEvent } from './log';

declare global {
  var kakaoLoginBackground: NodeJS.Timeout | undefined;
}

const everyMs = 2_000;
const hourlyMs = 3_600_000;
const keepEventsMs = 90 * 24 * 3_600_000;
/** Longer than a login flow can take: one that began before an account was erased makes no new one. */
const keepErasuresMs = 15 * 60_000;
const keepEndedSessionsMs = 7 * 24 * 3_600_000;

let running = false;
let hourlyAt = 0;

/** Starts the background work, once per process; it never keeps the process alive. */
export function startBackgroundWork(deps: LoginDeps): void {
  globalThis.kakaoLoginBackground ??= setInterval(() => void runBackgroundWork(deps), everyMs).unref();
}

/** Runs every task once, one after the other, unless they are running already. One that fails stops no other. */
export async function runBackgroundWork(deps: LoginDeps): Promise<void> {
  // The others may wait for Kakao, and what was erased must not.
  forgetErased(deps);
  if (running || isDraining()) return;
  running = true;
  for (const task of [settleEvents, unlinkPending, hourly]) await task(deps).catch(logFailure);
  running = false;
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
  logEvent('error', 'background.failed', { error: describeError(error) });
}

async function settleEvents(deps: LoginDeps): Promise<void> {
  const settled = await settleInterruptedEvents(deps);
  if (settled > 0) logEvent('warn', 'webhook.settled_late', { count: settled });
}

async function unlinkPending(deps: LoginDeps): Promise<void> {
  for (const attempt of await retryPendingUnlinks(deps)) {
    if (attempt.kind !== 'failed') logEvent('info', `unlink.${attempt.kind}`);
    else {
      const { transient, kakaoCode, code } = attempt.error;
      logEvent(transient ? 'warn' : 'error', 'unlink.failed', { code, kakaoCode });
    }
  }
}

async function hourly(deps: LoginDeps): Promise<void> {
  const now = deps.now().getTime();
  if (now < hourlyAt) return;
  hourlyAt = now + hourlyMs;
  await purgeRefusals(deps.db, new Date(Date.now() - keepErasuresMs));
  while (!isDraining() && (await purgeBatch(deps)) > 0);
  deps.db.rewriteFile();
  // What it was written from is in the log.
  deps.db.noteErasure();
  const { resealed, unreadable } = await resealKakaoTokens(deps);
  if (resealed > 0) logEvent('info', 'tokens.resealed', { count: resealed });
  if (unreadable > 0) logEvent('warn', 'tokens.unreadable', { count: unreadable });
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
