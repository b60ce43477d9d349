import { randomUUID } from 'node:crypto';
import type { Database } from './client';
import type { WebhookEvent } from './generated/client';

export type { WebhookEvent };

/** A delivery as it arrived. `jti` is the id that makes it unique; a delivery without one is always new. */
export interface NewWebhookEvent {
  readonly jti: string | null;
  readonly channel: 'unlink' | 'account_state';
  readonly type: string;
  readonly reason: string | null;
  readonly kakaoId: string;
  readonly occurredAt: Date;
}

/**
 * Puts a delivery on disk before anything is done about it. Of any number with the same `jti` one becomes a row;
 * the others get that row.
 */
export async function recordWebhookEvent(
  db: Database,
  event: NewWebhookEvent,
  now: Date,
): Promise<{ event: WebhookEvent; isNew: boolean }> {
  const created = { id: randomUUID(), ...event, receivedAt: now };
  const { jti } = event;
  const row = await (jti === null
    ? db.webhookEvent.create({ data: created })
    : db.webhookEvent.upsert({ where: { jti }, create: { ...created, jti }, update: { jti } }));
  return { event: row, isNew: row.id === created.id };
}

/**
 * Records what came of an event; the Kakao id stays only if its user does. True for the one who settled it, false
 * when it was settled already.
 */
export async function settleWebhookEvent(
  db: Database,
  id: string,
  settled: { readonly outcome: string; readonly at: Date; readonly keepKakaoId: boolean },
): Promise<boolean> {
  const { outcome, at: settledAt, keepKakaoId } = settled;
  const data = { settledAt, outcome, ...(keepKakaoId ? {} : { kakaoId: null }) };
  const { count } = await db.webhookEvent.updateMany({ where: { id, settledAt: null }, data });
  return count === 1;
}

/** Events that were put on disk before `receivedBefore` and never settled, oldest first, at most 100. */
export async function findUnsettledWebhookEvents(
  db: Database,
  receivedBefore: Date,
): Promise<WebhookEvent[]> {
  return db.webhookEvent.findMany({
    where: { settledAt: null, receivedAt: { lt: receivedBefore } },
    orderBy: { receivedAt: 'asc' },
    take: 100,
  });
}

/** Removes a Kakao id from the settled events that name it. */
export async function forgetKakaoIdInWebhookEvents(db: Database, kakaoId: string): Promise<void> {
  await db.webhookEvent.updateMany({ where: { kakaoId, settledAt: { not: null } }, data: { kakaoId: null } });
}

/** Removes settled events that arrived before a time. */
export async function purgeWebhookEvents(db: Database, receivedBefore: Date): Promise<number> {
  const where = { receivedAt: { lt: receivedBefore }, settledAt: { not: null } };
  const { count } = await db.webhookEvent.deleteMany({ where });
  return count;
}
