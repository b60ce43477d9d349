import type { Database } from './client';

/** Every row that is held about a user, by table; ids and hashes that only serve us are left out. */
export type HeldData = NonNullable<Awaited<ReturnType<typeof readHeldData>>>;

/**
 * Reads everything that is held about a user; `null` when they have been erased meanwhile. The user is read last: they
 * are erased together with everything else, so who is still there then has been read as a whole.
 * Tokens of Kakao are named but not shown.
 */
export async function readHeldData(db: Database, userId: string, kakaoId: string) {
  const where = { userId };
  const [sessions, history, kakaoToken, webhookEvents] = await Promise.all([
    db.session.findMany({ where, omit: { id: true, userId: true }, orderBy: { createdAt: 'asc' } }),
    db.historyEntry.findMany({ where, omit: { id: true, userId: true }, orderBy: { at: 'asc' } }),
    db.kakaoToken.findUnique({
      where,
      select: { accessExpiresAt: true, refreshExpiresAt: true, updatedAt: true },
    }),
    db.webhookEvent.findMany({
      where: { kakaoId },
      omit: { id: true, jti: true },
      orderBy: { receivedAt: 'asc' },
    }),
  ]);
  const user = await db.user.findUnique({ where: { id: userId } });
  return user && { user, sessions, securityEvents: history, kakaoToken, webhookEvents };
}
