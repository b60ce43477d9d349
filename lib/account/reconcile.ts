import { findPendingKakaoIds } from '../db/pending-unlinks';
import { eraseUser, findKnownKakaoIds, findUserByKakaoId, listKakaoIds } from '../db/users';
import { forgetKakaoIdInWebhookEvents } from '../db/webhook-events';
import { byAdminKey } from '../kakao/api';
import { fetchLinkedIds, fetchLinks, unlinkUser } from '../kakao/links';
import type { LoginDeps } from '../login/deps';

/** How far a comparison of our users with Kakao's has come, and what it has found; plain JSON. Ids are Kakao's. */
export interface Reconciliation {
  readonly startedAt: string;
  readonly phase: 'linked_at_kakao' | 'users_here' | 'done';
  /** The last id that was looked at in this phase. */
  readonly cursor: string | null;
  readonly linkedSeen: number;
  readonly usersSeen: number;
  /** Linked at Kakao, and nobody here. */
  readonly unknownHere: readonly string[];
  /** A user here, and not linked at Kakao. */
  readonly unlinkedThere: readonly string[];
}

const budgetMs = 12_000;
/** Whoever was linked just now may still be on the way to becoming a user here. */
const youngLinkMs = 3_600_000;

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
 * those whom we know (`/v2/app/users`). Those who have left and wait to be unlinked are no ghosts.
 *
 * @throws KakaoError and the same step can be made again
 */
export function reconcileStep(deps: LoginDeps, progress: Reconciliation): Promise<Reconciliation> {
  return progress.phase === 'linked_at_kakao' ? linkedPage(deps, progress) : usersPage(deps, progress);
}

async function linkedPage({ kakao, db }: LoginDeps, progress: Reconciliation): Promise<Reconciliation> {
  const { ids, next } = await fetchLinkedIds(kakao, progress.cursor, Date.now() + budgetMs);
  const [known, waiting] = await Promise.all([findKnownKakaoIds(db, ids), findPendingKakaoIds(db, ids)]);
  const strangers = ids.filter((id) => !known.has(id) && !waiting.has(id));
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
 * ten, would have to go.
 */
export function looksLikeAnotherApp({ usersSeen, unlinkedThere }: Reconciliation): boolean {
  return unlinkedThere.length > 10 && unlinkedThere.length * 2 > usersSeen;
}

/**
 * Erases a user here who is no longer linked, as the unlink webhook would have; Kakao is asked once more, and whoever has
 * logged in since the comparison began stays. False when there was nothing to do.
 *
 * @throws KakaoError
 */
export async function mendUnlinkedThere(deps: LoginDeps, kakaoId: string, startedAt: Date): Promise<boolean> {
  const links = await fetchLinks(deps.kakao, [kakaoId], Date.now() + budgetMs);
  const user = links.has(kakaoId) ? null : await findUserByKakaoId(deps.db, kakaoId);
  if (!user || !(await eraseUser(deps.db, user.id, startedAt))) return false;
  await forgetKakaoIdInWebhookEvents(deps.db, kakaoId);
  return true;
}

/**
 * Unlinks somebody at Kakao who is nobody here, unless they were linked within the last hour or have become somebody
 * meanwhile. False when there was nothing to do.
 *
 * @throws KakaoError
 */
export async function mendUnknownHere(deps: LoginDeps, kakaoId: string): Promise<boolean> {
  const links = await fetchLinks(deps.kakao, [kakaoId], Date.now() + budgetMs);
  const since = links.get(kakaoId);
  const isYoung = since && deps.now().getTime() - since.getTime() < youngLinkMs;
  if (!links.has(kakaoId) || isYoung || (await findUserByKakaoId(deps.db, kakaoId))) return false;
  await unlinkUser(deps.kakao, byAdminKey(deps.kakao, kakaoId), Date.now() + budgetMs);
  return true;
}
