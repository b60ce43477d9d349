import type { Database } from './client';
import type { User } from './generated/client';

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

/**
 * Erases a user with everything that belongs to them, unless they have logged in at `unlessLoggedInFrom` or later.
 * True when there was somebody to erase.
 */
export async function eraseUser(db: Database, id: string, unlessLoggedInFrom?: Date): Promise<boolean> {
  const where = { id, ...(unlessLoggedInFrom ? { lastLoginAt: { lt: unlessLoggedInFrom } } : {}) };
  const { count } = await db.user.deleteMany({ where });
  return count === 1;
}

/**
 * Notes that Kakao has disabled the account of a user (`disabled`), or enabled it again; our own block stays as it
 * is. False when Kakao has told of a later change before.
 */
export async function setAccountState(
  db: Database,
  id: string,
  state: { readonly disabled: boolean; readonly changedAt: Date },
): Promise<boolean> {
  const { disabled, changedAt } = state;
  const earlier = { OR: [{ stateChangedAt: null }, { stateChangedAt: { lte: changedAt } }] };
  const data = { disabledAt: disabled ? changedAt : null, stateChangedAt: changedAt };
  const { count } = await db.user.updateMany({ where: { id, ...earlier }, data });
  return count === 1;
}

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
