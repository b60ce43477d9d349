import { randomUUID } from 'node:crypto';
import type { Database } from './client';
import type { PendingUnlink } from './generated/client';
import { lockPerson } from './locks';
import { type Statement, sql } from './prepared';

export type { PendingUnlink };

/** Records that somebody has to be unlinked at Kakao; for somebody who is pending already the attempts begin anew. */
export function insertPendingUnlink(
  kakaoId: string,
  { now, nextAttemptAt }: { readonly now: Date; readonly nextAttemptAt: Date },
): Statement {
  return sql`
    INSERT INTO "PendingUnlink" ("id", "kakaoId", "createdAt", "attempts", "nextAttemptAt")
    VALUES (${randomUUID()}, ${kakaoId}, ${now}, 0, ${nextAttemptAt})
    ON CONFLICT ("kakaoId") DO UPDATE SET "id" = excluded."id", "createdAt" = excluded."createdAt",
      "attempts" = 0, "nextAttemptAt" = excluded."nextAttemptAt"`;
}

/** Those that are due, the oldest due first, at most 20. */
export async function findDuePendingUnlinks(db: Database, now: Date): Promise<PendingUnlink[]> {
  const where = { nextAttemptAt: { lte: now } };
  return db.pendingUnlink.findMany({ where, orderBy: { nextAttemptAt: 'asc' }, take: 20 });
}

/** Claims the next attempt, and sets the time of the one after it; true for one of any number of processes. */
export async function claimPendingUnlink(
  db: Database,
  { id, attempts }: PendingUnlink,
  nextAttemptAt: Date,
): Promise<boolean> {
  const data = { attempts: attempts + 1, nextAttemptAt };
  const { count } = await db.pendingUnlink.updateMany({ where: { id, attempts }, data });
  return count === 1;
}

const never = new Date('9999-12-31T23:59:59Z');

/** Removes one that is no longer wanted. */
export async function removePendingUnlink(db: Database, id: string): Promise<void> {
  await db.pendingUnlink.deleteMany({ where: { id } });
}

/**
 * Removes that of somebody whom Kakao has unlinked at `at`; what was recorded at `unlessFrom` or later stays. A login
 * that began before may have been told by Kakao who it is while the link was still there, so it makes no account either.
 * True when there was one.
 */
export async function confirmUnlink(
  db: Database,
  { kakaoId, refusalId }: { readonly kakaoId: string; readonly refusalId: string },
  { at, unlessFrom = never }: { readonly at: Date; readonly unlessFrom?: Date },
): Promise<boolean> {
  const [, confirmed = []] = await db.prepared.write([
    lockPerson(kakaoId),
    sql`
      INSERT INTO "Refusal" ("id", "erasedAt")
      SELECT ${refusalId}, ${at} FROM "PendingUnlink" WHERE "kakaoId" = ${kakaoId} AND "createdAt" < ${unlessFrom}
      ON CONFLICT ("id") DO UPDATE SET "erasedAt" = excluded."erasedAt"`,
    sql`
      DELETE FROM "PendingUnlink" WHERE "kakaoId" = ${kakaoId} AND "createdAt" < ${unlessFrom} RETURNING "id"`,
  ]);
  return confirmed.length > 0;
}

/** Removes those that were recorded before a time; how many. */
export async function purgePendingUnlinks(db: Database, before: Date): Promise<number> {
  const { count } = await db.pendingUnlink.deleteMany({ where: { createdAt: { lt: before } } });
  return count;
}

/** Those of these Kakao ids that are still to be unlinked. */
export async function findPendingKakaoIds(db: Database, kakaoIds: readonly string[]): Promise<Set<string>> {
  const rows = await db.pendingUnlink.findMany({ where: { kakaoId: { in: [...kakaoIds] } } });
  return new Set(rows.map(({ kakaoId }) => kakaoId));
}

/** Whether this Kakao id is still to be unlinked. */
export async function isPendingUnlink(db: Database, kakaoId: string): Promise<boolean> {
  return (await db.pendingUnlink.count({ where: { kakaoId } })) > 0;
}
