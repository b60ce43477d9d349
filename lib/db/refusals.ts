import { randomUUID } from 'node:crypto';
import type { Database } from './client';
import { type HistoryPlace, pruneHistory } from './history';
import { lockPerson } from './locks';
import { sql } from './prepared';

/** A person whether they have a user here or not; `refusalId` is the keyed hash of the Kakao id. */
export interface Identity {
  readonly kakaoId: string;
  readonly refusalId: string;
}

/** What Kakao says about an account: the change of a second that ends at `until`. */
export interface AccountState {
  readonly disabled: boolean;
  readonly changedAt: Date;
  readonly until: Date;
}

/**
 * Notes that Kakao has disabled an account (`disabled`), or enabled it again; our own block stays as it is. Also for
 * somebody who is refused without having a user here. False when Kakao has told of a later change before, the person
 * has logged in since, or is unknown.
 */
export async function setAccountState(
  db: Database,
  { kakaoId, refusalId }: Identity,
  { disabled, changedAt, until }: AccountState,
): Promise<boolean> {
  const disabledAt = disabled ? changedAt : null;
  const changed = await db.prepared.write([
    lockPerson(kakaoId),
    sql`
      UPDATE "User" SET "disabledAt" = ${disabledAt}, "stateChangedAt" = ${changedAt}
      WHERE "kakaoId" = ${kakaoId} AND "lastLoginAt" < ${until} AND ("stateChangedAt" IS NULL OR "stateChangedAt" <= ${changedAt})
      RETURNING "id"`,
    sql`
      UPDATE "Refusal" SET "disabledAt" = ${disabledAt}, "stateChangedAt" = ${changedAt}
      WHERE "id" = ${refusalId} AND ("stateChangedAt" IS NULL OR "stateChangedAt" <= ${changedAt})
        AND NOT EXISTS (SELECT 1 FROM "User" WHERE "kakaoId" = ${kakaoId})
      RETURNING "id"`,
  ]);
  return changed.flat().length > 0;
}

/** What blocking or unblocking somebody came to; `disabled` when Kakao keeps the account disabled. */
export interface BlockOutcome {
  readonly hasUser: boolean;
  readonly changed: boolean;
  readonly disabled: boolean;
}

/**
 * Keeps somebody out: every session ends, Kakao's tokens are deleted, and their history says so. Without a user here the
 * keyed hash of the Kakao id is kept. One write, so a login is either before it and ended, or after it and refused.
 */
export async function blockPerson(
  db: Database,
  { kakaoId, refusalId }: Identity,
  at: Date,
): Promise<BlockOutcome> {
  const before = await db.prepared.write<BlockState>([
    lockPerson(kakaoId),
    readBlock({ kakaoId, refusalId }),
    sql`
      UPDATE "Session" SET "revokedAt" = ${at}, "revokedReason" = 'blocked'
      WHERE "revokedAt" IS NULL AND "userId" = (SELECT "id" FROM "User" WHERE "kakaoId" = ${kakaoId})`,
    sql`DELETE FROM "KakaoToken" WHERE "userId" = (SELECT "id" FROM "User" WHERE "kakaoId" = ${kakaoId})`,
    ...blockEntry(kakaoId, 'blocked', { at, device: null, ip: null }),
    sql`UPDATE "User" SET "blockedAt" = COALESCE("blockedAt", ${at}) WHERE "kakaoId" = ${kakaoId}`,
    sql`
      INSERT INTO "Refusal" ("id", "blockedAt") SELECT ${refusalId}, ${at}
      WHERE NOT EXISTS (SELECT 1 FROM "User" WHERE "kakaoId" = ${kakaoId})
      ON CONFLICT ("id") DO UPDATE SET "blockedAt" = COALESCE("Refusal"."blockedAt", excluded."blockedAt")`,
  ]);
  return outcomeOf(before, true);
}

/** Lets somebody in again whom {@link blockPerson} kept out; what Kakao says about the account stays as it is. */
export async function unblockPerson(
  db: Database,
  { kakaoId, refusalId }: Identity,
  at: Date,
): Promise<BlockOutcome> {
  const before = await db.prepared.write<BlockState>([
    lockPerson(kakaoId),
    readBlock({ kakaoId, refusalId }),
    ...blockEntry(kakaoId, 'unblocked', { at, device: null, ip: null }),
    sql`UPDATE "User" SET "blockedAt" = NULL WHERE "kakaoId" = ${kakaoId}`,
    sql`UPDATE "Refusal" SET "blockedAt" = NULL WHERE "id" = ${refusalId}`,
  ]);
  return outcomeOf(before, false);
}

/** How many rows say so, of the one or two that there are of a person. */
interface BlockState {
  readonly hasUser: number | null;
  readonly blocked: number;
  readonly disabled: number;
}

function readBlock({ kakaoId, refusalId }: Identity) {
  return sql`
    SELECT SUM("hasUser") AS "hasUser", COUNT("blockedAt") AS "blocked", COUNT("disabledAt") AS "disabled"
    FROM (SELECT 1 AS "hasUser", "blockedAt", "disabledAt" FROM "User" WHERE "kakaoId" = ${kakaoId}
      UNION ALL SELECT 0, "blockedAt", "disabledAt" FROM "Refusal" WHERE "id" = ${refusalId}) AS "known"`;
}

function outcomeOf(answers: readonly BlockState[][], blocked: boolean): BlockOutcome {
  const before = answers[0]?.[0];
  const { hasUser = 0, blocked: was = 0, disabled = 0 } = before ?? {};
  return { hasUser: Boolean(hasUser), changed: was > 0 !== blocked, disabled: disabled > 0 };
}

/** Only of a change: somebody who is blocked already has that entry. */
function blockEntry(kakaoId: string, kind: 'blocked' | 'unblocked', { at }: HistoryPlace) {
  const id = randomUUID();
  const isBlocked = kind === 'blocked' ? 0 : 1;
  const entry = sql`
    INSERT INTO "SecurityEvent" ("id", "userId", "at", "kind") SELECT ${id}, "id", ${at}, ${kind} FROM "User"
    WHERE "kakaoId" = ${kakaoId} AND CASE WHEN "blockedAt" IS NULL THEN 0 ELSE 1 END = ${isBlocked}`;
  return [entry, pruneHistory(id)];
}

/** Removes the traces of accounts that were erased before a time and keep nobody out. */
export async function purgeRefusals(db: Database, erasedBefore: Date): Promise<number> {
  const old = [{ erasedAt: null }, { erasedAt: { lt: erasedBefore } }];
  const where = { blockedAt: null, disabledAt: null, OR: old };
  const { count } = await db.refusal.deleteMany({ where });
  return count;
}

/** Whether anybody is refused for good by the keyed hash of their Kakao id. */
export async function hasLastingRefusals(db: Database): Promise<boolean> {
  const lasting = [{ blockedAt: { not: null } }, { disabledAt: { not: null } }];
  return (await db.refusal.count({ where: { OR: lasting }, take: 1 })) > 0;
}

/** The sealed key of this name, if it was made. */
export async function findSealedKey(db: Database, id: string): Promise<string | null> {
  return (await db.sealedKey.findUnique({ where: { id } }))?.sealed ?? null;
}

/** Stores a sealed key in place of `earlier` (`null`: there was none); the one that is stored now, ours or another's. */
export async function storeSealedKey(
  db: Database,
  id: string,
  { earlier, sealed, at }: { readonly earlier: string | null; readonly sealed: string; readonly at: Date },
): Promise<string | null> {
  await db.prepared.write([
    sql`
      INSERT INTO "SealedKey" ("id", "sealed", "createdAt") VALUES (${id}, ${sealed}, ${at})
      ON CONFLICT ("id") DO UPDATE SET "sealed" = excluded."sealed" WHERE "SealedKey"."sealed" = ${earlier}`,
  ]);
  return findSealedKey(db, id);
}
