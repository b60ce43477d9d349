import { randomUUID } from 'node:crypto';
import type { Database } from './client';
import { type Statement, sql } from './prepared';

/** What a security event of Kakao's did to the sessions or the account of a user. */
type KakaoEventEffect = 'end_sessions' | 'block' | 'unblock' | 'none';

/**
 * What can be an entry of a user's history. `detail` of an ended session is the device it was on, of a
 * log-out how far it went, of a consent its item id, of a Kakao event its short name, such as `credential-compromise`.
 */
export type HistoryEntry =
  | { readonly kind: 'login' | 'new_device' | 'sessions_ended' | 'tokens_purged' | 'export' }
  | { readonly kind: 'blocked' | 'unblocked' }
  | { readonly kind: 'session_ended'; readonly detail: string | null }
  | { readonly kind: 'logged_out'; readonly detail: 'here' | 'everywhere' | 'with_kakao' }
  | { readonly kind: 'consent_added' | 'consent_withdrawn'; readonly detail: string }
  | { readonly kind: 'kakao_event'; readonly detail: string; readonly effect: KakaoEventEffect };

/**
 * When and where it happened, as far as it is kept: the name of a device such as "Chrome · Windows" and a network
 * prefix; both `null` when no device of the user was involved.
 */
export interface HistoryPlace {
  readonly at: Date;
  readonly device: string | null;
  readonly ip: string | null;
}

/** An entry as it was recorded. */
export type RecordedEntry = HistoryEntry & HistoryPlace & { readonly id: string };

/**
 * So many logins are kept of a person, and so many entries of every other kind: many of one kind, such as downloads, push
 * out no other.
 */
const maxLogins = 200;
const maxOfKind = 50;
const keptMs = 365 * 24 * 3_600_000;

/** Adds an entry to the history of a user, of whose kind the newest are kept. Of somebody who has been erased meanwhile there is none. */
export async function recordHistory(
  db: Database,
  userId: string,
  entry: HistoryEntry & HistoryPlace,
): Promise<void> {
  const id = randomUUID();
  const { kind, at, device, ip } = entry;
  const detail = 'detail' in entry ? entry.detail : null;
  const effect = 'effect' in entry ? entry.effect : null;
  const added = sql`
    INSERT INTO "SecurityEvent" ("id", "userId", "at", "kind", "detail", "effect", "device", "ip")
    SELECT ${id}, "id", ${at}, ${kind}, ${detail}, ${effect}, ${device}, ${ip} FROM "User" WHERE "id" = ${userId}`;
  await db.prepared.write([added, pruneHistory(id)]);
}

/** Adds a login, of a session: `new_device` when the history has logins, but none with this device. */
export function loginEntry(id: string, sessionId: string, { at, device, ip }: HistoryPlace): Statement {
  return sql`
    INSERT INTO "SecurityEvent" ("id", "userId", "at", "device", "ip", "kind")
    SELECT ${id}, s."userId", ${at}, ${device}, ${ip}, CASE
      WHEN EXISTS (SELECT 1 FROM "SecurityEvent" e
        WHERE e."userId" = s."userId" AND e."kind" IN ('login', 'new_device'))
      AND NOT EXISTS (SELECT 1 FROM "SecurityEvent" e
        WHERE e."userId" = s."userId" AND e."kind" IN ('login', 'new_device') AND COALESCE(e."device", '') = ${device ?? ''})
      THEN 'new_device' ELSE 'login' END
    FROM "Session" s WHERE s."id" = ${sessionId}`;
}

/** Keeps the newest 200 logins, or the newest 50 entries of another kind: of the kind and the user of the entry `id`. */
export function pruneHistory(id: string): Statement {
  return sql`
    WITH own AS (SELECT "userId", "kind" FROM "SecurityEvent" WHERE "id" = ${id})
    DELETE FROM "SecurityEvent" WHERE "userId" = (SELECT "userId" FROM own) AND "kind" = (SELECT "kind" FROM own)
      AND "at" < (SELECT "at" FROM "SecurityEvent"
        WHERE "userId" = (SELECT "userId" FROM own) AND "kind" = (SELECT "kind" FROM own)
        ORDER BY "at" DESC LIMIT 1
        OFFSET (SELECT CASE "kind" WHEN 'login' THEN CAST(${maxLogins - 1} AS INTEGER) ELSE ${maxOfKind - 1} END FROM own))`;
}

/** Removes entries that are older than a year: at most 1,000, found by index. */
export async function purgeHistory(db: Database, now: Date): Promise<number> {
  const oldest = new Date(now.getTime() - keptMs);
  return db.$executeRaw`DELETE FROM "SecurityEvent" WHERE "id" IN (
      SELECT "id" FROM "SecurityEvent" WHERE "at" < ${oldest} LIMIT 1000)`;
}

/** The history of a user, newest first: `take` entries (200) after the first `skip`. */
export async function listHistory(
  db: Database,
  userId: string,
  { skip = 0, take = maxLogins }: { readonly skip?: number; readonly take?: number } = {},
): Promise<RecordedEntry[]> {
  const rows = await db.historyEntry.findMany({
    where: { userId },
    omit: { userId: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    skip,
    take,
  });
  // Only recordHistory writes this table.
  return rows as unknown as RecordedEntry[];
}
