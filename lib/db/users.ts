import type { Database } from './client';
import type { User } from './generated/client';
import { lockPerson } from './locks';
import { insertPendingUnlink } from './pending-unlinks';
import { sql, unless } from './prepared';

export type { User };

/** What a login tells about a person. `kakaoId` is a decimal string. */
export interface UserProfile {
  readonly kakaoId: string;
  readonly nickname: string | null;
  readonly profileImageUrl: string | null;
  readonly email: string | null;
}

/** The user of a Kakao id, if there is one. */
export async function findUserByKakaoId(db: Database, kakaoId: string): Promise<User | null> {
  return db.user.findUnique({ where: { kakaoId } });
}

/** The user with this id, if there still is one. */
export async function findUserById(db: Database, id: string): Promise<User | null> {
  return db.user.findUnique({ where: { id } });
}

/** Whether a user is kept out: blocked by our operator, or their account is disabled at Kakao. */
export function isBlocked(user: Pick<User, 'blockedAt' | 'disabledAt'>): boolean {
  return user.blockedAt !== null || user.disabledAt !== null;
}

/** How a user is erased. */
export interface Erasure {
  /** When the account counts as erased: a login that began at or before it makes no new one. */
  readonly at: Date;
  /** Whoever has logged in at this time or later stays. */
  readonly unlessLoggedInFrom?: Date;
  /** Records, in the same write, that the person is to be unlinked at Kakao, first tried at this time. */
  readonly unlinkFrom?: Date;
}

/**
 * Erases a user with everything that belongs to them, as one write. Of somebody who is blocked, or disabled at Kakao, a
 * keyed hash of the Kakao id stays (`refusalId`), by which they are refused when they come back.
 * True when there was somebody to erase.
 */
export async function eraseUser(
  db: Database,
  { id, kakaoId, refusalId }: Pick<User, 'id' | 'kakaoId'> & { readonly refusalId: string },
  { at, unlessLoggedInFrom = never, unlinkFrom }: Erasure,
): Promise<boolean> {
  const [nobody = []] = await db.prepared.write([
    lockPerson(kakaoId),
    unless(sql`SELECT 1 AS "nobody" WHERE NOT EXISTS (
      SELECT 1 FROM "User" WHERE "id" = ${id} AND "lastLoginAt" < ${unlessLoggedInFrom})`),
    sql`
      INSERT INTO "Refusal" ("id", "erasedAt", "blockedAt", "disabledAt", "stateChangedAt")
      SELECT ${refusalId}, ${at}, "blockedAt", "disabledAt", "stateChangedAt" FROM "User" WHERE "id" = ${id}
      ON CONFLICT ("id") DO UPDATE SET "erasedAt" = excluded."erasedAt", "blockedAt" = excluded."blockedAt",
        "disabledAt" = excluded."disabledAt", "stateChangedAt" = excluded."stateChangedAt"`,
    ...(unlinkFrom ? [insertPendingUnlink(kakaoId, { now: at, nextAttemptAt: unlinkFrom })] : []),
    sql`UPDATE "WebhookEvent" SET "kakaoId" = NULL WHERE "kakaoId" = ${kakaoId} AND "settledAt" IS NOT NULL`,
    sql`DELETE FROM "User" WHERE "id" = ${id}`,
  ]);
  return nobody.length === 0;
}

const never = new Date('9999-12-31T23:59:59Z');

/**
 * Brings the profile of a person up to date with what Kakao was asked for at `fetchedAt`, unless a later one is stored; no
 * login.
 */
export async function updateProfile(
  db: Database,
  id: string,
  { nickname, profileImageUrl, email }: Omit<UserProfile, 'kakaoId'>,
  fetchedAt: Date,
): Promise<void> {
  const data = { nickname, profileImageUrl, email, profileFetchedAt: fetchedAt };
  const earlier = { OR: [{ profileFetchedAt: null }, { profileFetchedAt: { lte: fetchedAt } }] };
  await db.user.updateMany({ where: { id, ...earlier }, data });
}

/** Makes the next login of a user fetch their profile before anything else. */
export async function distrustProfile(db: Database, id: string): Promise<void> {
  await db.user.updateMany({ where: { id }, data: { profileFetchedAt: null } });
}

/** Those of these Kakao ids that have a user here. */
export async function findKnownKakaoIds(db: Database, kakaoIds: readonly string[]): Promise<Set<string>> {
  const where = { kakaoId: { in: [...kakaoIds] } };
  const users = await db.user.findMany({ where, select: { kakaoId: true } });
  return new Set(users.map(({ kakaoId }) => kakaoId));
}

/** The Kakao ids of 100 users after a given one, in the order of text; `null` begins. */
export async function listKakaoIds(db: Database, after: string | null): Promise<string[]> {
  const where = after === null ? {} : { kakaoId: { gt: after } };
  const users = await db.user.findMany({
    where,
    orderBy: { kakaoId: 'asc' },
    take: 100,
    select: { kakaoId: true },
  });
  return users.map(({ kakaoId }) => kakaoId);
}
