import type { Database } from './client';

/** Every row that is held about a user, by table; ids and hashes that only serve us are left out. */
export type HeldData = Awaited<ReturnType<typeof readHeldData>>;

/** Reads everything that is held about a user. Tokens of Kakao are named but not shown. */
export async function readHeldData(db: Database, userId: string, kakaoId: string) {
  const where = { userId };
  const [user, sessions, history, kakaoToken, webhookEvents] = await Promise.all([
    db.user.findUnique({ where: { id: userId } }),
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
  return { user, sessions, securityEvents: history, kakaoToken, webhookEvents };
}
