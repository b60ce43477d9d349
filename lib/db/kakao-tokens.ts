import type { Database } from './client';
import type { KakaoToken } from './generated/client';

export type { KakaoToken };

/** Kakao's tokens of one user as they are kept: sealed, with the time when each expires. */
export type KakaoTokenRow = Omit<KakaoToken, 'refreshingUntil'>;

/** A user's tokens as they were when they were read. */
type KakaoTokenVersion = Pick<KakaoToken, 'userId' | 'updatedAt'>;

/** Saves the tokens of a login in place of earlier ones. */
export async function saveKakaoTokens(db: Database, { userId, ...tokens }: KakaoTokenRow): Promise<void> {
  const data = { ...tokens, refreshingUntil: null };
  await db.kakaoToken.upsert({ where: { userId }, create: { userId, ...data }, update: data });
}

/** The tokens that are kept for a user, if any. */
export async function findKakaoTokens(db: Database, userId: string): Promise<KakaoToken | null> {
  return db.kakaoToken.findUnique({ where: { userId } });
}

/** Deletes a user's tokens; `true` if there were any. */
export async function deleteKakaoTokens(db: Database, userId: string): Promise<boolean> {
  const { count } = await db.kakaoToken.deleteMany({ where: { userId } });
  return count > 0;
}

/** Deletes tokens that no longer work, unless others have replaced them since they were read. */
export async function deleteDeadKakaoTokens(
  db: Database,
  { userId, updatedAt }: KakaoTokenVersion,
): Promise<void> {
  await db.kakaoToken.deleteMany({ where: { userId, updatedAt } });
}

/**
 * Claims the right to refresh these tokens until `until`; `true` for exactly one of any number of processes, and for
 * none when others have replaced them since they were read.
 */
export async function claimRefresh(
  db: Database,
  { userId, updatedAt }: KakaoTokenVersion,
  { now, until }: { readonly now: Date; readonly until: Date },
): Promise<boolean> {
  const free = [{ refreshingUntil: null }, { refreshingUntil: { lt: now } }];
  const { count } = await db.kakaoToken.updateMany({
    where: { userId, updatedAt, OR: free },
    data: { refreshingUntil: until },
  });
  return count === 1;
}

/** Releases the claim without a new token, so that the next caller need not wait until it ends. */
export async function releaseRefresh(db: Database, userId: string): Promise<void> {
  await db.kakaoToken.updateMany({ where: { userId }, data: { refreshingUntil: null } });
}

/**
 * Saves the outcome of a refresh and releases the claim; without a new refresh token the old one stays. A login in the
 * meantime has saved newer tokens, which stay.
 */
export async function saveRefreshedTokens(
  db: Database,
  { userId, updatedAt }: KakaoTokenVersion,
  tokens: Partial<KakaoTokenRow>,
): Promise<void> {
  const data = { ...tokens, refreshingUntil: null };
  await db.kakaoToken.updateMany({ where: { userId, updatedAt }, data });
}
