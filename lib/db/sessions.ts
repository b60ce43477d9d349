import type { Database } from './client';
import type { Session, User } from './generated/client';
import { type Statement, sql } from './prepared';

/** Why a session ended. */
type RevokedReason = 'signed_out' | 'signed_out_everywhere' | 'replaced' | 'kakao_event' | 'ended_by_user';

type SessionState = Pick<
  Session,
  'id' | 'userId' | 'createdAt' | 'lastSeenAt' | 'expiresAt' | 'revokedAt'
> & {
  /** Whether the person saw its login. */
  readonly interactive: boolean;
};

/** A session as every request needs it: its own state and its user, in one indexed read. */
export interface SessionOfUser {
  readonly session: SessionState;
  readonly user: User;
}

/** A session with its user, whatever state it is in. */
export async function findSession(db: Database, id: string): Promise<SessionOfUser | null> {
  const row = await db.prepared.first<SessionRow>(sql`
    SELECT s."id" AS "sessionId", s."createdAt" AS "begunAt", s."interactive", s."lastSeenAt", s."expiresAt",
      s."revokedAt", u."id", u."kakaoId", u."nickname",
      u."profileImageUrl", u."email", u."createdAt", u."lastLoginAt", u."blockedAt", u."disabledAt", u."stateChangedAt",
      u."profileFetchedAt"
    FROM "Session" s JOIN "User" u ON u."id" = s."userId" WHERE s."id" = ${id}`);
  if (!row) return null;
  const { sessionId, begunAt, interactive, lastSeenAt, expiresAt, revokedAt, ...user } = row;
  const state = { createdAt: begunAt, interactive: Boolean(interactive), lastSeenAt, expiresAt, revokedAt };
  return { session: { id: sessionId, userId: user.id, ...state }, user };
}

type SessionRow = User &
  Pick<Session, 'lastSeenAt' | 'expiresAt' | 'revokedAt'> & {
    readonly sessionId: string;
    readonly begunAt: Date;
    readonly interactive: number | boolean | null;
  };

/** Records that a session was used, unless that was recorded after `unlessSince` already. */
export async function touchSession(
  db: Database,
  id: string,
  { now, unlessSince }: { readonly now: Date; readonly unlessSince: Date },
): Promise<void> {
  const where = { id, lastSeenAt: { lt: unlessSince } };
  await db.session.updateMany({ where, data: { lastSeenAt: now } });
}

/** When and why a session ends. */
export interface Revocation {
  readonly at: Date;
  readonly reason: RevokedReason;
}

/** Ends one session; ending it twice keeps the first reason. */
export async function revokeSession(db: Database, id: string, { at, reason }: Revocation): Promise<void> {
  const data = { revokedAt: at, revokedReason: reason };
  await db.session.updateMany({ where: { id, revokedAt: null }, data });
}

/** A session as its owner sees it. */
export type ListedSession = Pick<
  Session,
  'id' | 'createdAt' | 'lastSeenAt' | 'expiresAt' | 'userAgent' | 'ip'
>;

/** So many live sessions a person has at most, and so many ended ones are kept of them. */
const maxOfPerson = 100;
/** What more there is goes at the next login. */
const maxRemoved = 1_000;

/** What makes a session live: it is not revoked, ends after `now` and was seen after `seenAfter`. */
export interface Liveness {
  readonly now: Date;
  readonly seenAfter: Date;
}

/** The live sessions of a user, latest seen first. */
export async function listLiveSessions(
  db: Database,
  userId: string,
  liveness: Liveness,
): Promise<ListedSession[]> {
  return db.session.findMany({
    where: liveSessionOf(userId, liveness),
    select: { id: true, createdAt: true, lastSeenAt: true, expiresAt: true, userAgent: true, ip: true },
    orderBy: [{ lastSeenAt: 'desc' }, { id: 'asc' }],
    take: maxOfPerson,
  });
}

/** Ends one session that a user picked from their list. `null` when it is not live, or not theirs. */
export async function revokeLiveSession(
  db: Database,
  session: { readonly id: string; readonly userId: string },
  liveness: Liveness,
): Promise<Pick<Session, 'userAgent'> | null> {
  const where = { ...liveSessionOf(session.userId, liveness), id: session.id };
  const data = { revokedAt: liveness.now, revokedReason: 'ended_by_user' satisfies RevokedReason };
  const select = { userAgent: true };
  const [ended] = await db.session.updateManyAndReturn({ where, data, select });
  return ended ?? null;
}

/** Ends every session of a user but one; how many that were. */
export async function revokeOtherSessions(
  db: Database,
  keep: { readonly id: string; readonly userId: string },
  now: Date,
): Promise<number> {
  const data = { revokedAt: now, revokedReason: 'ended_by_user' satisfies RevokedReason };
  const where = { userId: keep.userId, revokedAt: null, id: { not: keep.id } };
  const { count } = await db.session.updateMany({ where, data });
  return count;
}

function liveSessionOf(userId: string, { now, seenAfter }: Liveness) {
  return { userId, revokedAt: null, expiresAt: { gt: now }, lastSeenAt: { gte: seenAfter } };
}

/**
 * Removes what is too much of the person who has just got the session `id`: the oldest live sessions beyond 100, and of
 * the ended ones all but the 100 that were ended last. Found by index, so that few sessions cost little.
 */
export function removeSurplusSessions(id: string, { now, seenAfter }: Liveness): Statement {
  return sql`
    WITH own AS (SELECT "userId" FROM "Session" WHERE "id" = ${id})
    DELETE FROM "Session" WHERE "id" IN (
      SELECT "id" FROM (SELECT "id" FROM "Session"
        WHERE "userId" = (SELECT "userId" FROM own) AND "revokedAt" IS NULL AND "id" <> ${id}
          AND "expiresAt" > ${now} AND "lastSeenAt" >= ${seenAfter}
        ORDER BY "createdAt" DESC LIMIT ${maxRemoved} OFFSET ${maxOfPerson - 1}) AS "live"
      UNION ALL
      SELECT "id" FROM (SELECT "id" FROM "Session"
        WHERE "userId" = (SELECT "userId" FROM own) AND "revokedAt" IS NOT NULL
        ORDER BY "revokedAt" DESC LIMIT ${maxRemoved} OFFSET ${maxOfPerson}) AS "ended")`;
}

/**
 * Removes sessions that are over, and those that were ended before `revokedBefore`: at most 1,000 of each, found by
 * index. Returns how many went.
 */
export async function purgeSessions(db: Database, now: Date, revokedBefore: Date): Promise<number> {
  const over = db.$executeRaw`DELETE FROM "Session" WHERE "id" IN (
      SELECT "id" FROM "Session" WHERE "expiresAt" < ${now} LIMIT 1000)`;
  const ended = db.$executeRaw`DELETE FROM "Session" WHERE "id" IN (
      SELECT "id" FROM "Session" WHERE "revokedAt" < ${revokedBefore} LIMIT 1000)`;
  const [one, other] = await Promise.all([over, ended]);
  return one + other;
}

/** Ends every session of a user, or only those that began before a time. */
export async function revokeUserSessions(
  db: Database,
  userId: string,
  { at, reason, createdBefore }: Revocation & { readonly createdBefore?: Date },
): Promise<void> {
  const data = { revokedAt: at, revokedReason: reason };
  const begun = createdBefore ? { createdAt: { lt: createdBefore } } : {};
  await db.session.updateMany({ where: { userId, revokedAt: null, ...begun }, data });
}
