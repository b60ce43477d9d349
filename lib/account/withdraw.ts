import { addPendingUnlink, removePendingUnlink } from '../db/pending-unlinks';
import { eraseUser, findUserById, type User } from '../db/users';
import { forgetKakaoIdInWebhookEvents } from '../db/webhook-events';
import type { Credential } from '../kakao/api';
import { KakaoError } from '../kakao/errors';
import { unlinkUser } from '../kakao/links';
import { type LoginDeps, loginBudgetMs } from '../login/deps';
import type { Viewer } from '../login/find-viewer';
import { verifySessionToken } from '../session/token';
import { kakaoCredential } from './kakao-tokens';

/**
 * What became of the link at Kakao: removed, to be removed as soon as Kakao answers, or left to the operator because
 * there is no admin key to remove it with.
 */
export const unlinkStates = ['unlinked', 'waiting', 'no_admin_key'] as const;
export type UnlinkState = (typeof unlinkStates)[number];

const freshMs = 10 * 60_000;
/** The withdrawal makes the first attempt itself; the background work retries only when that must have ended. */
const firstRetryMs = 8_000;

/** Whether a person has to log in once more before they may leave: their login is older than ten minutes. */
export function needsFreshLogin(viewer: Viewer, now: Date): boolean {
  return now.getTime() - viewer.claims.issuedAt * 1_000 > freshMs;
}

/** Whether a session token is valid but its user has been erased. */
export async function hasLeft(deps: LoginDeps, token: string | null): Promise<boolean> {
  const claims = token ? verifySessionToken(deps.keyring, token) : null;
  return claims !== null && (await findUserById(deps.db, claims.userId)) === null;
}

/**
 * Ends a membership. What is known about the person is erased here at once, whatever Kakao does. A pending unlink is
 * recorded first, and removed once Kakao has confirmed.
 */
export async function withdraw(deps: LoginDeps, user: User): Promise<UnlinkState> {
  const deadline = Date.now() + loginBudgetMs;
  const credential = await credentialOrNull(deps, user);
  const now = deps.now();
  const nextAttemptAt = new Date(now.getTime() + firstRetryMs);
  const pending = await addPendingUnlink(deps.db, user.kakaoId, { now, nextAttemptAt });
  await eraseUser(deps.db, user.id);
  deps.recentConsents.delete(user.kakaoId);
  await forgetKakaoIdInWebhookEvents(deps.db, user.kakaoId);
  if (credential && (await isUnlinked(deps, credential, deadline))) {
    await removePendingUnlink(deps.db, pending.id);
    return 'unlinked';
  }
  return deps.kakao.adminKey === undefined ? 'no_admin_key' : 'waiting';
}

async function credentialOrNull(deps: LoginDeps, user: User): Promise<Credential | null> {
  try {
    return await kakaoCredential(deps, user);
  } catch (error) {
    if (error instanceof KakaoError) return null;
    throw error;
  }
}

async function isUnlinked(deps: LoginDeps, credential: Credential, deadline: number): Promise<boolean> {
  try {
    await unlinkUser(deps.kakao, credential, deadline);
    return true;
  } catch (error) {
    if (error instanceof KakaoError) return false;
    throw error;
  }
}
