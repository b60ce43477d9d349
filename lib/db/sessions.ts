import type { Database } from './client';
import type { Session, User } from './generated/client';
import { retryBusy } from './retry-busy';

/** A session as it begins. `id` is the hash of its `sid`; `ip` is a network prefix. */
export interface NewSession {
  readonly id: string;
  readonly userId: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly userAgent: string | null;
  readonly ip: string | null;
}

/** Why a session ended. */
export type RevokedReason = 'signed_out' | 'signed_out_everywhere' | 'replaced' | 'kakao_event';

export async function createSession(db: Database, session: NewSession): Promise<void> {
  await retryBusy(() => db.session.create({ data: { ...session, lastSeenAt: session.createdAt } }));
}

/** A session as every request needs it: its own state and its user, in one indexed read. */
export interface SessionOfUser {
  readonly session: Pick<Session, 'id' | 'userId' | 'lastSeenAt' | 'expiresAt' | 'revokedAt'>;
  readonly user: User;
}

/**
 * A session with its user, whatever state it is in. Plain SQL, because this runs on every request and
 * Prisma would ask twice.
 */
export async function findSession(db: Database, id: string): Promise<SessionOfUser | null> {
  const [row] = await db.$queryRaw<SessionRow[]>`
    SELECT s."id" AS "sessionId", s."lastSeenAt", s."expiresAt", s."revokedAt", u.*
    FROM "Session" s JOIN "User" u ON u."id" = s."userId" WHERE s."id" = ${id}`;
  if (!row) return null;
  const { sessionId, lastSeenAt, expiresAt, revokedAt, ...user } = row;
  return { session: { id: sessionId, userId: user.id, lastSeenAt, expiresAt, revokedAt }, user };
}

type SessionRow = User &
  Pick<Session, 'lastSeenAt' | 'expiresAt' | 'revokedAt'> & { readonly sessionId: string };

/** Notes that a session was used. */
export async function touchSession(db: Database, id: string, now: Date): Promise<void> {
  await retryBusy(() => db.session.updateMany({ where: { id }, data: { lastSeenAt: now } }));
}

/** Ends one session; ending it twice keeps the first reason. */
export async function revokeSession(
  db: Database,
  id: string,
  now: Date,
  reason: RevokedReason,
): Promise<void> {
  const data = { revokedAt: now, revokedReason: reason };
  await retryBusy(() => db.session.updateMany({ where: { id, revokedAt: null }, data }));
}

/** Ends every session of a user, or only those that began before a time. */
export async function revokeUserSessions(
  db: Database,
  userId: string,
  now: Date,
  reason: RevokedReason,
  createdBefore?: Date,
): Promise<void> {
  const data = { revokedAt: now, revokedReason: reason };
  const begun = createdBefore ? { createdAt: { lt: createdBefore } } : {};
  await retryBusy(() => db.session.updateMany({ where: { userId, revokedAt: null, ...begun }, data }));
}
