import { confirmUnlink, isPendingUnlink } from '../db/pending-unlinks';
import { eraseUser, findUserById, type User } from '../db/users';
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

/**
 * Whether a person has to log in once more before they may leave: their login is older than ten minutes, or nobody has
 * seen it.
 */
export function needsFreshLogin({ claims, login }: Viewer, now: Date): boolean {
  const begunAt = Math.min(login.at.getTime(), claims.issuedAt * 1_000);
  return !login.isInteractive || now.getTime() - begunAt > freshMs;
}

/** Whether a session token is valid but its user has been erased. */
export async function hasLeft(deps: LoginDeps, token: string | null): Promise<boolean> {
  const claims = token ? verifySessionToken(deps.keyring, token) : null;
  return claims !== null && (await findUserById(deps.db, claims.userId)) === null;
}

/**
 * Ends a membership. What is known about the person is erased here at once, whatever Kakao does. A pending unlink is
 * recorded with it, and removed once Kakao has confirmed. When another request has erased the account meanwhile it has
 * the unlink too: the person may already be here anew.
 */
export async function withdraw(deps: LoginDeps, user: User): Promise<UnlinkState> {
  const deadline = Date.now() + loginBudgetMs;
  const credential = await credentialOrNull(deps, user);
  const at = deps.now();
  const refusalId = deps.refusalId(user.kakaoId);
  const unlinkFrom = new Date(at.getTime() + firstRetryMs);
  const isErased = await eraseUser(deps.db, { ...user, refusalId }, { at, unlinkFrom });
  deps.recentConsents.delete(user.kakaoId);
  if (!isErased && !(await isPendingUnlink(deps.db, user.kakaoId))) return 'unlinked';
  if (isErased && credential && (await isUnlinked(deps, credential, deadline))) {
    const confirmedAt = deps.now();
    await confirmUnlink(deps.db, { ...user, refusalId }, { at: confirmedAt });
    await nextMillisecond(deps, confirmedAt);
    return 'unlinked';
  }
  await nextMillisecond(deps, at);
  return deps.kakao.adminKey === undefined ? 'no_admin_key' : 'waiting';
}

/** A login of the millisecond of an erasure counts as begun before it: one that begins after the answer must not. */
export async function nextMillisecond({ now }: LoginDeps, at: Date): Promise<void> {
  if (now() <= at) await new Promise((resolve) => setTimeout(resolve, 2));
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
