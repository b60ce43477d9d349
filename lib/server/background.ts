import { settleInterruptedEvents } from '../account/kakao-events';
import { retryPendingUnlinks } from '../account/pending-unlinks';
import { purgeSecurityEvents } from '../db/history';
import { purgeSessions } from '../db/sessions';
import { purgeWebhookEvents } from '../db/webhook-events';
import type { LoginDeps } from '../login/deps';
import { describeError, logEvent } from './log';
import { wiring } from './wiring';

declare global {
  var kakaoLoginBackground: NodeJS.Timeout | undefined;
}

const everyMs = 2_000;
const purgeEveryMs = 3_600_000;
const keepEventsMs = 90 * 24 * 3_600_000;
const keepEndedSessionsMs = 7 * 24 * 3_600_000;

let running = false;
let purgeAt = 0;

/** Starts what goes on without anybody asking, once per process; it never keeps the process alive. */
export function startBackgroundWork(): void {
  globalThis.kakaoLoginBackground ??= setInterval(() => void run(), everyMs).unref();
}

async function run(): Promise<void> {
  if (running || isDraining()) return;
  running = true;
  // One that fails must not keep the others from their turn.
  for (const work of [settleEvents, unlinkPending, purge]) await attempt(work);
  running = false;
}

async function attempt(work: (deps: LoginDeps) => Promise<void>): Promise<void> {
  try {
    await work(await wiring());
  } catch (error) {
    logEvent('error', 'background.failed', { error: describeError(error) });
  }
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

async function purge(deps: LoginDeps): Promise<void> {
  if (Date.now() < purgeAt) return;
  purgeAt = Date.now() + purgeEveryMs;
  await purgeWebhookEvents(deps.db, new Date(Date.now() - keepEventsMs));
  while (!isDraining() && (await purgeSessionData(deps)) > 0);
}

/** One batch of sessions and histories that are too old; how many rows went. */
async function purgeSessionData({ db, now }: LoginDeps): Promise<number> {
  const at = now();
  const sessions = await purgeSessions(db, at, new Date(at.getTime() - keepEndedSessionsMs));
  return sessions + (await purgeSecurityEvents(db, at));
}

const flag = Symbol.for('kakao-login.draining');

/** Whether scripts/serve.mjs has begun to shut this process down; it sets the flag on `globalThis`. */
export function isDraining(): boolean {
  return Reflect.get(globalThis, flag) === true;
}
