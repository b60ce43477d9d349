import type { Database } from './client';
import type { Session, User } from './generated/client';
import { retryBusy } from './retry-busy';

export type { Session };

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
export type RevokedReason = 'signed_out' | 'signed_out_everywhere' | 'replaced';

export async function createSession(db: Database, session: NewSession): Promise<void> {
  await retryBusy(() => db.session.create({ data: { ...session, lastSeenAt: session.createdAt } }));
}

/** A session with its user, whatever state it is in. */
export async function findSession(db: Database, id: string): Promise<(Session & { user: User }) | null> {
  return db.session.findUnique({ where: { id }, include: { user: true } });
}

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

/** Ends every session of a user. */
export async function revokeUserSessions(
  db: Database,
  userId: string,
  now: Date,
  reason: RevokedReason,
): Promise<void> {
  const data = { revokedAt: now, revokedReason: reason };
  await retryBusy(() => db.session.updateMany({ where: { userId, revokedAt: null }, data }));
}
