import type { Database } from './client';
import type { KakaoToken } from './generated/client';
import { retryBusy } from './retry-busy';

export type { KakaoToken };

/** Kakao's tokens of one user as they are kept: sealed, with their ends. */
export type KakaoTokenRow = Omit<KakaoToken, 'refreshingUntil'>;

/** Keeps the tokens of a login, in place of what was kept. */
export async function saveKakaoTokens(db: Database, { userId, ...tokens }: KakaoTokenRow): Promise<void> {
  const data = { ...tokens, refreshingUntil: null };
  await retryBusy(() =>
    db.kakaoToken.upsert({ where: { userId }, create: { userId, ...data }, update: data }),
  );
}

/** What is kept for a user, if anything is. */
export async function findKakaoTokens(db: Database, userId: string): Promise<KakaoToken | null> {
  return db.kakaoToken.findUnique({ where: { userId } });
}

/** Forgets a user's tokens; `true` if there were any. */
export async function deleteKakaoTokens(db: Database, userId: string): Promise<boolean> {
  const { count } = await retryBusy(() => db.kakaoToken.deleteMany({ where: { userId } }));
  return count > 0;
}

/** Forgets tokens that have turned out dead, unless others have taken their place since `updatedAt`. */
export async function deleteDeadKakaoTokens(db: Database, userId: string, updatedAt: Date): Promise<void> {
  await retryBusy(() => db.kakaoToken.deleteMany({ where: { userId, updatedAt } }));
}

/**
 * Claims the right to refresh these tokens until `until`; `true` for exactly one of any number of processes, and for
 * none when others have taken their place since they were read.
 */
export async function claimRefresh(
  db: Database,
  { userId, updatedAt }: Pick<KakaoToken, 'userId' | 'updatedAt'>,
  now: Date,
  until: Date,
): Promise<boolean> {
  const free = [{ refreshingUntil: null }, { refreshingUntil: { lt: now } }];
  const { count } = await retryBusy(() =>
    db.kakaoToken.updateMany({ where: { userId, updatedAt, OR: free }, data: { refreshingUntil: until } }),
  );
  return count === 1;
}

/** Gives the claim back without a new token, so that the next caller need not wait for its end. */
export async function releaseRefresh(db: Database, userId: string): Promise<void> {
  await retryBusy(() => db.kakaoToken.updateMany({ where: { userId }, data: { refreshingUntil: null } }));
}

/**
 * Keeps the outcome of a refresh and gives the claim back; without a new refresh token the old one stays. A login that
 * came in between has newer tokens and wins.
 */
export async function saveRefreshedTokens(
  db: Database,
  userId: string,
  old: Date,
  tokens: Partial<KakaoTokenRow>,
): Promise<void> {
  const data = { ...tokens, refreshingUntil: null };
  await retryBusy(() => db.kakaoToken.updateMany({ where: { userId, updatedAt: old }, data }));
}
