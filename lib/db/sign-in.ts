import { randomUUID } from 'node:crypto';
import type { Database } from './client';
import { type HistoryPlace, loginEntry, pruneHistory } from './history';
import { sql } from './prepared';
import type { User, UserProfile } from './users';

/** A login to be recorded. `id` of the session is the hash of its `sid`; its `ip` is a network prefix. */
export interface NewSignIn {
  readonly profile: UserProfile;
  /** Whether Kakao was asked for the profile just now; one that was not is left as it is stored. */
  readonly isFetched: boolean;
  readonly session: {
    readonly id: string;
    readonly createdAt: Date;
    readonly expiresAt: Date;
    readonly userAgent: string | null;
    readonly ip: string | null;
  };
  readonly place: HistoryPlace;
}

/**
 * Records a login as one write: the user of a Kakao id is created or brought up to date, a session begins, and their
 * history gets an entry. Any number of simultaneous first logins make one user; `isNew` is true for exactly one.
 * `null` when the user is blocked (see `isBlocked`): then nothing is written.
 */
export async function recordSignIn(
  db: Database,
  { profile, isFetched, session, place }: NewSignIn,
): Promise<{ user: User; isNew: boolean } | null> {
  const userId = randomUUID();
  const entryId = randomUUID();
  const statements = [
    upsertUser({ id: userId, profile, isFetched }, session.createdAt),
    insertSession(session, profile.kakaoId),
    loginEntry(entryId, session.id, place),
    pruneHistory(entryId, place.at),
  ];
  const [[user] = []] = await db.prepared.write<User>(statements);
  return user ? { user, isNew: user.id === userId } : null;
}

const nothing = { nickname: null, profileImageUrl: null, email: null };

function upsertUser(
  { id, profile, isFetched }: Pick<NewSignIn, 'profile' | 'isFetched'> & { readonly id: string },
  now: Date,
) {
  const { kakaoId } = profile;
  // A stored profile must not come back with a user who was erased meanwhile.
  const { nickname, profileImageUrl, email } = isFetched ? profile : nothing;
  const fetchedAt = isFetched ? now : null;
  return sql`
    INSERT INTO "User" ("id", "kakaoId", "nickname", "profileImageUrl", "email", "createdAt", "lastLoginAt",
      "profileFetchedAt")
    VALUES (${id}, ${kakaoId}, ${nickname}, ${profileImageUrl}, ${email}, ${now}, ${now}, ${fetchedAt})
    ON CONFLICT ("kakaoId") DO UPDATE SET "lastLoginAt" = excluded."lastLoginAt",
      "nickname" = CASE WHEN excluded."profileFetchedAt" IS NULL THEN "nickname" ELSE excluded."nickname" END,
      "profileImageUrl" =
        CASE WHEN excluded."profileFetchedAt" IS NULL THEN "profileImageUrl" ELSE excluded."profileImageUrl" END,
      "email" = CASE WHEN excluded."profileFetchedAt" IS NULL THEN "email" ELSE excluded."email" END,
      "profileFetchedAt" = COALESCE(excluded."profileFetchedAt", "profileFetchedAt")
    WHERE "User"."blockedAt" IS NULL AND "User"."disabledAt" IS NULL
    RETURNING "id", "kakaoId", "nickname", "profileImageUrl", "email", "createdAt", "lastLoginAt",
      "blockedAt", "disabledAt", "stateChangedAt", "profileFetchedAt"`;
}

function insertSession({ id, createdAt, expiresAt, userAgent, ip }: NewSignIn['session'], kakaoId: string) {
  return sql`
    INSERT INTO "Session" ("id", "userId", "createdAt", "lastSeenAt", "expiresAt", "userAgent", "ip")
    SELECT ${id}, "id", ${createdAt}, ${createdAt}, ${expiresAt}, ${userAgent}, ${ip} FROM "User"
    WHERE "kakaoId" = ${kakaoId} AND "blockedAt" IS NULL AND "disabledAt" IS NULL`;
}
