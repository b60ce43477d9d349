import type { Database } from './client';
import type { KakaoToken } from './generated/client';
import { lock, sql } from './prepared';

export type { KakaoToken };

/** Kakao's tokens of one user as they are kept: sealed, with the time when each expires. */
export type KakaoTokenRow = Omit<KakaoToken, 'refreshingUntil'>;

/** A user's tokens as they were when they were read. */
type KakaoTokenVersion = Pick<KakaoToken, 'userId' | 'updatedAt'>;

/** A user's tokens as they are sealed. */
export type SealedTokens = Pick<KakaoToken, 'userId' | 'accessToken' | 'refreshToken'>;

/**
 * Saves the tokens that came with a login in place of earlier ones, unless its session has been ended meanwhile, alone
 * or with its user.
 */
export async function saveKakaoTokens(
  db: Database,
  { userId, accessToken, accessExpiresAt, refreshToken, refreshExpiresAt, updatedAt }: KakaoTokenRow,
  sessionId: string,
): Promise<void> {
  await db.prepared.write([
    lock(sql`SELECT "id" FROM "Session" WHERE "id" = ${sessionId}`),
    sql`
      INSERT INTO "KakaoToken" ("userId", "accessToken", "accessExpiresAt", "refreshToken", "refreshExpiresAt",
        "updatedAt")
      SELECT "userId", ${accessToken}, ${accessExpiresAt}, ${refreshToken}, ${refreshExpiresAt}, ${updatedAt}
      FROM "Session" WHERE "id" = ${sessionId} AND "userId" = ${userId} AND "revokedAt" IS NULL
      ON CONFLICT ("userId") DO UPDATE SET "accessToken" = excluded."accessToken",
        "accessExpiresAt" = excluded."accessExpiresAt", "refreshToken" = excluded."refreshToken",
        "refreshExpiresAt" = excluded."refreshExpiresAt", "updatedAt" = excluded."updatedAt",
        "refreshingUntil" = NULL`,
  ]);
}

/** The tokens that are kept for a user, if any. */
export async function findKakaoTokens(db: Database, userId: string): Promise<KakaoToken | null> {
  return db.kakaoToken.findUnique({ where: { userId } });
}

/** The sealed tokens of 100 users after a given one; `null` begins. */
export async function listSealedTokens(db: Database, after: string | null): Promise<SealedTokens[]> {
  return db.kakaoToken.findMany({
    where: after === null ? {} : { userId: { gt: after } },
    orderBy: { userId: 'asc' },
    take: 100,
    select: { userId: true, accessToken: true, refreshToken: true },
  });
}

/** Puts the same tokens, sealed anew, in the place of the old ones, unless others have replaced them; `true` if it did. */
export async function replaceSealedTokens(
  db: Database,
  old: SealedTokens,
  sealed: Omit<SealedTokens, 'userId'>,
): Promise<boolean> {
  const { count } = await db.kakaoToken.updateMany({ where: old, data: sealed });
  return count === 1;
}

/** Deletes tokens that can no longer be refreshed: at most 1,000, found by index. Returns how many went. */
export async function purgeKakaoTokens(db: Database, now: Date): Promise<number> {
  return db.$executeRaw`DELETE FROM "KakaoToken" WHERE "userId" IN (
      SELECT "userId" FROM "KakaoToken" WHERE "refreshExpiresAt" < ${now} LIMIT 1000)`;
}

/** Deletes a user's tokens, or only those saved before a time; `true` if there were any. */
export async function deleteKakaoTokens(db: Database, userId: string, savedBefore?: Date): Promise<boolean> {
  const where = { userId, ...(savedBefore ? { updatedAt: { lt: savedBefore } } : {}) };
  const { count } = await db.kakaoToken.deleteMany({ where });
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
 * Saves the outcome of a refresh and releases the claim; without a new refresh token the old one stays. `false` when
 * nothing was saved: a login in the meantime has saved newer tokens, or they were deleted, and stay so.
 */
export async function saveRefreshedTokens(
  db: Database,
  { userId, updatedAt }: KakaoTokenVersion,
  tokens: Partial<KakaoTokenRow>,
): Promise<boolean> {
  const data = { ...tokens, refreshingUntil: null };
  const { count } = await db.kakaoToken.updateMany({ where: { userId, updatedAt }, data });
  return count === 1;
}
