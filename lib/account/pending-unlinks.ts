import {
  claimPendingUnlink,
  confirmUnlink,
  findDuePendingUnlinks,
  type PendingUnlink,
  purgePendingUnlinks,
  removePendingUnlink,
} from '../db/pending-unlinks';
import { findUserByKakaoId } from '../db/users';
import { byAdminKey } from '../kakao/api';
import { KakaoError } from '../kakao/errors';
import { unlinkUser } from '../kakao/links';
import type { LoginDeps } from '../login/deps';

/** The outcome of one attempt at a pending unlink. */
export type UnlinkAttempt =
  | { readonly kind: 'unlinked' | 'cancelled' }
  | { readonly kind: 'failed'; readonly error: KakaoError };

const firstPauseMs = 5_000;
const longestPauseMs = 3_600_000;
const budgetMs = 3_000;
/** So long somebody is remembered whom nobody can unlink, ms. */
const keptWithoutKeyMs = 7 * 24 * 3_600_000;

/**
 * Tries the pending unlinks that are due: after 5 s, 10 s, 20 s … at most an hour, until Kakao has confirmed. Safe in
 * any number of processes. Without an admin key nothing can be done, and they are forgotten after 7 days.
 */
export async function retryPendingUnlinks(deps: LoginDeps): Promise<UnlinkAttempt[]> {
  if (deps.kakao.adminKey === undefined) {
    await purgePendingUnlinks(deps.db, new Date(deps.now().getTime() - keptWithoutKeyMs));
    return [];
  }
  const attempts: UnlinkAttempt[] = [];
  for (const pending of await findDuePendingUnlinks(deps.db, deps.now())) {
    const pause =
      Math.min(firstPauseMs * 2 ** pending.attempts, longestPauseMs) * (0.8 + Math.random() * 0.4);
    const next = new Date(deps.now().getTime() + pause);
    if (!(await claimPendingUnlink(deps.db, pending, next))) continue;
    const attempt = await tryUnlink(deps, pending);
    attempts.push(attempt);
    // Kakao is down: the others would fail in the same way.
    if (attempt.kind === 'failed' && attempt.error.transient) break;
  }
  return attempts;
}

/** If the person has signed up again meanwhile, the unlink is cancelled and they stay linked. */
async function tryUnlink(deps: LoginDeps, { id, kakaoId }: PendingUnlink): Promise<UnlinkAttempt> {
  const cameBack = (await findUserByKakaoId(deps.db, kakaoId)) !== null;
  try {
    if (!cameBack) await unlinkUser(deps.kakao, byAdminKey(deps.kakao, kakaoId), Date.now() + budgetMs);
  } catch (error) {
    if (error instanceof KakaoError) return { kind: 'failed', error };
    throw error;
  }
  if (cameBack) await removePendingUnlink(deps.db, id);
  else await confirmUnlink(deps.db, { kakaoId, refusalId: deps.refusalId(kakaoId) }, { at: deps.now() });
  return { kind: cameBack ? 'cancelled' : 'unlinked' };
}
