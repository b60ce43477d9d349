import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  looksLikeAnotherApp,
  mendUnknownHere,
  mendUnlinkedThere,
  newReconciliation,
  type Reconciliation,
  reconcileStep,
} from '../account/reconcile';
import { KakaoError } from '../kakao/errors';
import type { LoginDeps } from '../login/deps';
import { wiring } from './wiring';

/** What `npm run reconcile` was asked for. `file` keeps the progress; `say` prints one line. */
export interface ReconcileOptions {
  readonly mend: boolean;
  readonly force: boolean;
  readonly restart: boolean;
  readonly file: string;
  readonly say: (line: string) => void;
  /** Between two calls to Kakao, ms: 100 a minute are allowed. */
  readonly pauseMs?: number;
}

/** 0: nothing to mend, or all is mended; 1: ghosts are left; 2: Kakao did not let us finish. */
export type ReconcileStatus = 0 | 1 | 2;

const tries = 5;

/**
 * Compares all users with Kakao, goes on where it was interrupted, and mends if asked to.
 *
 * @throws EnvError, DatabaseError when it cannot even begin
 */
export async function reconcile(options: ReconcileOptions): Promise<ReconcileStatus> {
  const deps = await wiring();
  try {
    const found = await compare(deps, options);
    const left = options.mend ? await mend(deps, options, found) : ghostsIn(found).length;
    rmSync(options.file, { force: true });
    if (left > 0 && !options.mend)
      options.say('Nothing was changed. npm run reconcile -- --mend acts on it.');
    return left > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof KakaoError)) throw error;
    options.say(`Stopped: ${error.message}. The same command goes on from here.`);
    return 2;
  } finally {
    await deps.db.$disconnect();
  }
}

async function compare(deps: LoginDeps, options: ReconcileOptions): Promise<Reconciliation> {
  const kept = options.restart ? null : readProgress(options.file);
  if (kept) options.say(`Going on with the comparison of ${kept.startedAt}.`);
  let progress = kept ?? newReconciliation(deps.now());
  while (progress.phase !== 'done') {
    const current = progress;
    progress = await withRetries(options, () => reconcileStep(deps, current));
    keepProgress(options.file, progress);
    options.say(`Linked at Kakao: ${progress.linkedSeen} · users here: ${progress.usersSeen}`);
    if (progress.phase !== 'done') await sleep(pause(options));
  }
  options.say(`Linked at Kakao and unknown here: ${list(progress.unknownHere)}`);
  options.say(`Users here and not linked at Kakao: ${list(progress.unlinkedThere)}`);
  return progress;
}

/** How many ghosts are left. */
async function mend(deps: LoginDeps, options: ReconcileOptions, found: Reconciliation): Promise<number> {
  if (looksLikeAnotherApp(found) && !options.force) {
    options.say(
      'Most users here would be erased: is KAKAO_ADMIN_KEY of another app? --force does it anyway.',
    );
    return ghostsIn(found).length;
  }
  const startedAt = new Date(found.startedAt);
  let left = 0;
  for (const [kakaoId, where] of ghostsIn(found)) {
    const done = await withRetries(options, () =>
      where === 'here' ? mendUnlinkedThere(deps, kakaoId, startedAt) : mendUnknownHere(deps, kakaoId),
    );
    options.say(
      `${kakaoId}: ${done ? mended[where] : 'left alone: it has changed, or is less than an hour old'}`,
    );
    if (!done) left += 1;
    await sleep(pause(options));
  }
  return left;
}

const mended = { here: 'erased here', there: 'unlinked at Kakao' } as const;

function ghostsIn({ unlinkedThere, unknownHere }: Reconciliation): [string, 'here' | 'there'][] {
  return [
    ...unlinkedThere.map((id): [string, 'here'] => [id, 'here']),
    ...unknownHere.map((id): [string, 'there'] => [id, 'there']),
  ];
}

/** Repeats what Kakao could not do at the moment, later and later; a used-up minute needs a minute. */
async function withRetries<T>(options: ReconcileOptions, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof KakaoError) || !error.transient || attempt === tries) throw error;
      const factor = error.kakaoCode === '-10' ? 95 : 2 ** attempt;
      options.say(`${error.message}; trying again in ${Math.ceil((pause(options) * factor) / 1_000)} s.`);
      await sleep(pause(options) * factor);
    }
  }
}

function pause({ pauseMs = 650 }: ReconcileOptions): number {
  return pauseMs;
}

function list(ids: readonly string[]): string {
  return ids.length === 0
    ? '0'
    : `${ids.length} (${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ', …' : ''})`;
}

function readProgress(file: string): Reconciliation | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Reconciliation) : null;
}

/** Whole or not at all, so that an interruption at any time leaves something to go on with. */
function keepProgress(file: string, progress: Reconciliation): void {
  writeFileSync(`${file}.new`, JSON.stringify(progress), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}
