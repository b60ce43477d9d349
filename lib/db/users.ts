import { randomUUID } from 'node:crypto';
import type { Database } from './client';
import type { User } from './generated/client';
import { retryBusy } from './retry-busy';

export type { User };

/** What a login tells about a person. `kakaoId` is a decimal string. */
export interface UserProfile {
  readonly kakaoId: string;
  readonly nickname: string | null;
  readonly profileImageUrl: string | null;
  readonly email: string | null;
}

/**
 * Creates the user of a Kakao id or brings them up to date: one native `INSERT … ON CONFLICT`, so any
 * number of simultaneous first logins make one row. `isNew` is true for exactly one of them.
 */
export async function upsertUser(
  db: Database,
  profile: UserProfile,
  now: Date,
): Promise<{ user: User; isNew: boolean }> {
  const id = randomUUID();
  const { kakaoId, ...data } = profile;
  const user = await retryBusy(() =>
    db.user.upsert({
      where: { kakaoId },
      create: { id, kakaoId, ...data, createdAt: now, lastLoginAt: now },
      update: { ...data, lastLoginAt: now },
    }),
  );
  return { user, isNew: user.id === id };
}

/** The user of a Kakao id, if there is one. */
export async function findUserByKakaoId(db: Database, kakaoId: string): Promise<User | null> {
  return db.user.findUnique({ where: { kakaoId } });
}
