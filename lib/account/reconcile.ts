import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { findPendingKakaoIds } from '../db/pending-unlinks';
import { eraseUser, findKnownKakaoIds, findUserByKakaoId, listKakaoIds } from '../db/users';
import { byAdminKey } from '../kakao/api';
import { KakaoError } from '../kakao/errors';
import { fetchLinkedIds, fetchLinks, unlinkUser } from '../kakao/links';
import type { LoginDeps } from '../login/deps';

/** The options of `npm run reconcile`. `file` keeps the progress; `say` prints one line. */
interface ReconcileOptions {
  readonly mend: boolean;
  readonly force: boolean;
  readonly restart: boolean;
  readonly file: string;
  readonly say: (line: string) => void;
}

/** 0: no ghosts, or none are left; 1: ghosts are left; 2: Kakao did not let us finish. */
type ReconcileStatus = 0 | 1 | 2;

/** Between two calls to Kakao, ms: 100 a minute are allowed. */
const pauseMs = 650;
const tries = 5;
const budgetMs = 12_000;
/** Somebody linked more recently than this may be in the middle of their first login here. */
const youngLinkMs = 3_600_000;

/**
 * Compares all users with Kakao's, continues where it was interrupted, and with `mend` removes ghosts: people who are
 * linked at Kakao and unknown here, and users here who are no longer linked.
 */
export async function reconcile(deps: LoginDeps, options: ReconcileOptions): Promise<ReconcileStatus> {
  try {
    const found = await compare(deps, options);
    const left = options.mend ? await removeGhosts(deps, options, found) : ghostsIn(found).length;
    rmSync(options.file, { force: true });
    if (left > 0 && !options.mend) {
      options.say('Nothing was changed. npm run reconcile -- --mend acts on it.');
    }
    return left > 0 ? 1 : 0;
  } catch (error) {
    if (!(error instanceof KakaoError)) throw error;
    options.say(`Stopped: ${error.message}. The same command goes on from here.`);
    return 2;
  }
}

async function compare(deps: LoginDeps, options: ReconcileOptions): Promise<Reconciliation> {
  const kept = options.restart ? null : readProgress(options.file);
  if (kept) options.say(`Going on with the comparison of ${kept.startedAt}.`);
  let progress = kept ?? newReconciliation(deps.now());
  while (progress.phase !== 'done') {
    const current = progress;
    progress = await withRetries(options, () => reconcileStep(deps, current));
    saveProgress(options.file, progress);
    options.say(`Linked at Kakao: ${progress.linkedSeen} · users here: ${progress.usersSeen}`);
    if (progress.phase !== 'done') await sleep(pauseMs);
  }
  options.say(`Linked at Kakao and unknown here: ${list(progress.unknownHere)}`);
  options.say(`Users here and not linked at Kakao: ${list(progress.unlinkedThere)}`);
  return progress;
}

/** How many ghosts are left. */
async function removeGhosts(
  deps: LoginDeps,
  options: ReconcileOptions,
  found: Reconciliation,
): Promise<number> {
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
      where === 'here' ? eraseUnlinkedUser(deps, kakaoId, startedAt) : unlinkStranger(deps, kakaoId),
    );
    options.say(
      `${kakaoId}: ${done ? removed[where] : 'left alone: it has changed, or is less than an hour old'}`,
    );
    if (!done) left += 1;
    await sleep(pauseMs);
  }
  return left;
}

const removed = { here: 'erased here', there: 'unlinked at Kakao' } as const;

function ghostsIn({ unlinkedThere, unknownHere }: Reconciliation): [string, 'here' | 'there'][] {
  return [
    ...unlinkedThere.map((id): [string, 'here'] => [id, 'here']),
    ...unknownHere.map((id): [string, 'there'] => [id, 'there']),
  ];
}

/** Retries transient failures with growing pauses; an exhausted quota needs a minute. */
async function withRetries<T>({ say }: ReconcileOptions, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof KakaoError) || !error.transient || attempt === tries) throw error;
      const wait = pauseMs * (error.kakaoCode === '-10' ? 95 : 2 ** attempt);
      say(`${error.message}; trying again in ${Math.ceil(wait / 1_000)} s.`);
      await sleep(wait);
    }
  }
}

function list(ids: readonly string[]): string {
  return ids.length === 0
    ? '0'
    : `${ids.length} (${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ', …' : ''})`;
}

function readProgress(file: string): Reconciliation | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Reconciliation) : null;
}

/** Written whole or not at all, so that an interruption at any time leaves something to continue from. */
function saveProgress(file: string, progress: Reconciliation): void {
  writeFileSync(`${file}.new`, JSON.stringify(progress), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

/** How far a comparison of our users with Kakao's has come, and what it has found; plain JSON. Ids are Kakao's. */
export interface Reconciliation {
  readonly startedAt: string;
  readonly phase: 'linked_at_kakao' | 'users_here' | 'done';
  /** The last id that was compared in this phase. */
  readonly cursor: string | null;
  readonly linkedSeen: number;
  readonly usersSeen: number;
  /** Linked at Kakao, and nobody here. */
  readonly unknownHere: readonly string[];
  /** A user here, and not linked at Kakao. */
  readonly unlinkedThere: readonly string[];
}

/** A comparison that has not begun. */
export function newReconciliation(now: Date): Reconciliation {
  return {
    startedAt: now.toISOString(),
    phase: 'linked_at_kakao',
    cursor: null,
    linkedSeen: 0,
    usersSeen: 0,
    unknownHere: [],
    unlinkedThere: [],
  };
}

/**
 * Compares one page, with one call to Kakao, and changes nothing. First those whom Kakao knows (`/v1/user/ids`), then
 * those whom we know (`/v2/app/users`). People with a pending unlink are not ghosts.
 *
 * @throws KakaoError: the same step can be made again
 */
export function reconcileStep(deps: LoginDeps, progress: Reconciliation): Promise<Reconciliation> {
  return progress.phase === 'linked_at_kakao' ? linkedPage(deps, progress) : usersPage(deps, progress);
}

async function linkedPage({ kakao, db }: LoginDeps, progress: Reconciliation): Promise<Reconciliation> {
  const { ids, next } = await fetchLinkedIds(kakao, progress.cursor, Date.now() + budgetMs);
  const [known, pending] = await Promise.all([findKnownKakaoIds(db, ids), findPendingKakaoIds(db, ids)]);
  const strangers = ids.filter((id) => !known.has(id) && !pending.has(id));
  return {
    ...progress,
    phase: next === null ? 'users_here' : 'linked_at_kakao',
    cursor: next,
    linkedSeen: progress.linkedSeen + ids.length,
    unknownHere: [...progress.unknownHere, ...strangers],
  };
}

async function usersPage({ kakao, db }: LoginDeps, progress: Reconciliation): Promise<Reconciliation> {
  const ids = await listKakaoIds(db, progress.cursor);
  if (ids.length === 0) return { ...progress, phase: 'done', cursor: null };
  const links = await fetchLinks(kakao, ids, Date.now() + budgetMs);
  return {
    ...progress,
    cursor: ids.at(-1) ?? null,
    usersSeen: progress.usersSeen + ids.length,
    unlinkedThere: [...progress.unlinkedThere, ...ids.filter((id) => !links.has(id))],
  };
}

/**
 * Whether what was found looks more like the key of another app than like ghosts: most of our users, and more than
 * ten, would be erased.
 */
export function looksLikeAnotherApp({ usersSeen, unlinkedThere }: Reconciliation): boolean {
  return unlinkedThere.length > 10 && unlinkedThere.length * 2 > usersSeen;
}

/**
 * Erases a user here who is no longer linked, as the unlink webhook would have, after checking with Kakao again. Users
 * who have logged in since the comparison began stay. False when there was nothing to do.
 *
 * @throws KakaoError
 */
export async function eraseUnlinkedUser(deps: LoginDeps, kakaoId: string, startedAt: Date): Promise<boolean> {
  const links = await fetchLinks(deps.kakao, [kakaoId], Date.now() + budgetMs);
  const user = links.has(kakaoId) ? null : await findUserByKakaoId(deps.db, kakaoId);
  if (!user) return false;
  const erasure = { at: deps.now(), unlessLoggedInFrom: startedAt };
  return eraseUser(deps.db, { ...user, refusalId: deps.refusalId(kakaoId) }, erasure);
}

/**
 * Unlinks somebody at Kakao who is not a user here, unless they were linked within the last hour or have become a user
 * meanwhile. False when there was nothing to do.
 *
 * @throws KakaoError
 */
export async function unlinkStranger(deps: LoginDeps, kakaoId: string): Promise<boolean> {
  const links = await fetchLinks(deps.kakao, [kakaoId], Date.now() + budgetMs);
  const since = links.get(kakaoId);
  const isYoung = since && deps.now().getTime() - since.getTime() < youngLinkMs;
  if (!links.has(kakaoId) || isYoung || (await findUserByKakaoId(deps.db, kakaoId))) return false;
  await unlinkUser(deps.kakao, byAdminKey(deps.kakao, kakaoId), Date.now() + budgetMs);
  return true;
}
