import { randomUUID } from 'node:crypto';
import type { Database } from './client';
import { type HistoryPlace, loginEntry, pruneHistory } from './history';
import { lockPerson } from './locks';
import { sql, unless } from './prepared';
import { removeSurplusSessions } from './sessions';
import type { User, UserProfile } from './users';

/** A login to be recorded. `id` of the session is the hash of its `sid`; its `ip` is a network prefix. */
export interface NewSignIn {
  readonly profile: UserProfile;
  /** Whether Kakao was asked for the profile just now; one that was not is left as it is stored. */
  readonly isFetched: boolean;
  /** The keyed hash of the Kakao id. */
  readonly refusalId: string;
  /** When the person or the app began this login. */
  readonly startedAt: Date;
  /** Whether the person asked for it: nothing else gives an account back to somebody who has left. */
  readonly isDeliberate: boolean;
  readonly session: {
    readonly id: string;
    readonly createdAt: Date;
    readonly expiresAt: Date;
    readonly userAgent: string | null;
    readonly ip: string | null;
    readonly interactive: boolean;
  };
  readonly place: HistoryPlace;
  /** A session that was last seen before is over, see `Liveness`. */
  readonly seenAfter: Date;
}

/**
 * Why a login is not recorded: `blocked` here, or `disabled` at Kakao, also without an account; `withdrawn`: not unlinked
 * yet and not asked for, or begun before the account was erased.
 */
export type SignInRefusal = 'blocked' | 'disabled' | 'withdrawn';

/** Thrown for a login that is not recorded, and of which nothing is written. */
export class SignInRefused extends Error {
  override readonly name = 'SignInRefused';
  readonly reason: SignInRefusal;

  constructor(reason: SignInRefusal) {
    super(reason);
    this.reason = reason;
  }
}

/**
 * Records a login as one write: unless the person is refused, the user of a Kakao id is created or brought up to date, a
 * session begins, and their history gets an entry; of more than 100 live sessions the oldest are removed. Any number of simultaneous first logins make one user; `isNew` is
 * true for exactly one. Every entrance ends here, so who may not log in is decided here and nowhere else.
 *
 * @throws SignInRefused
 */
export async function recordSignIn(db: Database, login: NewSignIn): Promise<{ user: User; isNew: boolean }> {
  const { profile, isFetched, session, place, seenAfter } = login;
  const userId = randomUUID();
  const entryId = randomUUID();
  const [[refused] = [], [overwritten] = [], [user] = []] = await db.prepared.write<
    { reason: SignInRefusal } & User
  >([
    lockPerson(profile.kakaoId),
    unless(refusal(login)),
    findOverwritten(login),
    upsertUser({ id: userId, profile, isFetched }, session.createdAt),
    insertSession(session, profile.kakaoId),
    removeSurplusSessions(session.id, { now: session.createdAt, seenAfter }),
    removePendingUnlink(profile.kakaoId),
    loginEntry(entryId, session.id, place),
    pruneHistory(entryId),
  ]);
  if (!user) throw new SignInRefused(refused?.reason ?? 'blocked');
  if (overwritten) db.noteErasure();
  return { user, isNew: user.id === userId };
}

function refusal({ profile: { kakaoId }, refusalId, startedAt, isDeliberate }: NewSignIn) {
  return sql`
    SELECT "reason" FROM (SELECT CASE
      WHEN EXISTS (SELECT 1 FROM "User" WHERE "kakaoId" = ${kakaoId} AND "blockedAt" IS NOT NULL)
        OR EXISTS (SELECT 1 FROM "Refusal" WHERE "id" = ${refusalId} AND "blockedAt" IS NOT NULL)
        THEN 'blocked'
      WHEN EXISTS (SELECT 1 FROM "User" WHERE "kakaoId" = ${kakaoId} AND "disabledAt" IS NOT NULL)
        OR EXISTS (SELECT 1 FROM "Refusal" WHERE "id" = ${refusalId} AND "disabledAt" IS NOT NULL)
        THEN 'disabled'
      WHEN EXISTS (SELECT 1 FROM "Refusal" WHERE "id" = ${refusalId} AND "erasedAt" >= ${startedAt})
        OR (${isDeliberate ? 1 : 0} = 0 AND EXISTS (SELECT 1 FROM "PendingUnlink" WHERE "kakaoId" = ${kakaoId}))
        THEN 'withdrawn'
      END AS "reason") AS "rule" WHERE "reason" IS NOT NULL`;
}

/** A row if this login takes the place of an e-mail, a nickname or a picture that must not be readable any more. */
function findOverwritten({ profile, isFetched }: NewSignIn) {
  const { kakaoId, nickname, profileImageUrl, email } = profile;
  return sql`
    SELECT "id" FROM "User" WHERE "kakaoId" = ${kakaoId} AND ${isFetched ? 1 : 0} = 1 AND (
      "email" <> COALESCE(${email}, '') OR "nickname" <> COALESCE(${nickname}, '')
      OR "profileImageUrl" <> COALESCE(${profileImageUrl}, ''))`;
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
      "nickname" = CASE WHEN excluded."profileFetchedAt" IS NULL THEN "User"."nickname" ELSE excluded."nickname" END,
      "profileImageUrl" =
        CASE WHEN excluded."profileFetchedAt" IS NULL THEN "User"."profileImageUrl" ELSE excluded."profileImageUrl" END,
      "email" = CASE WHEN excluded."profileFetchedAt" IS NULL THEN "User"."email" ELSE excluded."email" END,
      "profileFetchedAt" = COALESCE(excluded."profileFetchedAt", "User"."profileFetchedAt")
    RETURNING "id", "kakaoId", "nickname", "profileImageUrl", "email", "createdAt", "lastLoginAt",
      "blockedAt", "disabledAt", "stateChangedAt", "profileFetchedAt"`;
}

function insertSession(session: NewSignIn['session'], kakaoId: string) {
  const { id, createdAt, expiresAt, userAgent, ip, interactive } = session;
  return sql`
    INSERT INTO "Session" ("id", "userId", "createdAt", "lastSeenAt", "expiresAt", "userAgent", "ip", "interactive")
    SELECT ${id}, "id", ${createdAt}, ${createdAt}, ${expiresAt}, ${userAgent}, ${ip}, ${interactive ? 1 : 0}
    FROM "User" WHERE "kakaoId" = ${kakaoId}`;
}

/** Whoever begins anew stays linked at Kakao. */
function removePendingUnlink(kakaoId: string) {
  return sql`DELETE FROM "PendingUnlink" WHERE "kakaoId" = ${kakaoId}`;
}
