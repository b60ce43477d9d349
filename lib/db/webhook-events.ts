import { randomUUID } from 'node:crypto';
import type { Database } from './client';
import type { WebhookEvent } from './generated/client';
import { lockPerson } from './locks';
import { sql } from './prepared';

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
 * Records what came of an event; the Kakao id stays only while its user does. True for the one who settled it, false
 * when it was settled already.
 */
export async function settleWebhookEvent(
  db: Database,
  { id, kakaoId }: Pick<WebhookEvent, 'id' | 'kakaoId'>,
  { outcome, at }: { readonly outcome: string; readonly at: Date },
): Promise<boolean> {
  const [settled = []] = await db.prepared.write([
    ...(kakaoId === null ? [] : [lockPerson(kakaoId)]),
    sql`
      UPDATE "WebhookEvent" SET "settledAt" = ${at}, "outcome" = ${outcome}, "kakaoId" = (
        SELECT "kakaoId" FROM "User" WHERE "User"."kakaoId" = "WebhookEvent"."kakaoId")
      WHERE "id" = ${id} AND "settledAt" IS NULL RETURNING "id"`,
  ]);
  return settled.length > 0;
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

/** Removes settled events that arrived before a time: at most 1,000, found by index. Returns how many went. */
export async function purgeWebhookEvents(db: Database, receivedBefore: Date): Promise<number> {
  return db.$executeRaw`DELETE FROM "WebhookEvent" WHERE "id" IN (
      SELECT "id" FROM "WebhookEvent" WHERE "receivedAt" < ${receivedBefore} AND "settledAt" IS NOT NULL LIMIT 1000)`;
}
