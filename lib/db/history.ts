import { randomUUID } from 'node:crypto';
import type { Database } from './client';
import { retryBusy } from './retry-busy';

/** What an event of Kakao's did to the sessions or the account of a user. */
type KakaoEventEffect = 'end_sessions' | 'block' | 'unblock' | 'none';

/**
 * What can stand in a user's security history. `detail` of an ended session is the device it was on, of a
 * log-out how far it went, of a consent its item id, of a Kakao event its short name, such as `credential-compromise`.
 */
export type SecurityEvent =
  | {
      readonly kind:
        | 'login'
        | 'new_device'
        | 'sessions_ended'
        | 'tokens_purged'
        | 'blocked'
        | 'unblocked'
        | 'export'
        | 'withdrawal_requested';
    }
  | { readonly kind: 'session_ended'; readonly detail: string | null }
  | { readonly kind: 'logged_out'; readonly detail: 'here' | 'everywhere' | 'with_kakao' }
  | { readonly kind: 'consent_added' | 'consent_withdrawn'; readonly detail: string }
  | { readonly kind: 'kakao_event'; readonly detail: string; readonly effect: KakaoEventEffect };

/**
 * Where an event happened, as far as it is kept: the name of a device such as "Chrome · Windows" and a network prefix;
 * both `null` when no device of the user was involved.
 */
export interface EventPlace {
  readonly at: Date;
  readonly device: string | null;
  readonly ip: string | null;
}

/** One line of a security history. */
export type SecurityEventRow = SecurityEvent & EventPlace & { readonly id: string };

const maxKept = 200;
const keptMs = 365 * 24 * 3_600_000;

/** Adds a line to the history of a user, of which the newest 200 of the last year are kept. */
export async function recordSecurityEvent(
  db: Database,
  userId: string,
  event: SecurityEvent & EventPlace,
): Promise<void> {
  const data = { id: randomUUID(), userId, ...event };
  await Promise.all([retryBusy(() => db.securityEvent.create({ data })), prune(db, userId, event.at)]);
}

/**
 * Adds a login: `new_device` when the history has logins, but none with this device. One statement of plain SQL, so
 * that of two at the same time one is new; with that of the pruning it goes into one commit.
 */
export async function recordLogin(
  db: Database,
  userId: string,
  { at, device, ip }: EventPlace,
): Promise<void> {
  const added = retryBusy(
    () => db.$executeRaw`
      INSERT INTO "SecurityEvent" ("id", "userId", "at", "device", "ip", "kind")
      SELECT ${randomUUID()}, ${userId}, ${at}, ${device}, ${ip},
        CASE WHEN MAX(COALESCE("device", '') = ${device ?? ''}) = 0 THEN 'new_device' ELSE 'login' END
      FROM "SecurityEvent" WHERE "userId" = ${userId} AND "kind" IN ('login', 'new_device')`,
  );
  await Promise.all([added, prune(db, userId, at)]);
}

async function prune(db: Database, userId: string, now: Date): Promise<void> {
  const oldest = new Date(now.getTime() - keptMs);
  await retryBusy(
    () => db.$executeRaw`
      DELETE FROM "SecurityEvent" WHERE "userId" = ${userId} AND ("at" < ${oldest} OR "at" < (
        SELECT "at" FROM "SecurityEvent" WHERE "userId" = ${userId} ORDER BY "at" DESC LIMIT 1 OFFSET ${maxKept - 1}))`,
  );
}

/** Removes lines that are older than a year, of users who do nothing any more: at most 1,000, found by index. */
export async function purgeSecurityEvents(db: Database, now: Date): Promise<number> {
  const oldest = new Date(now.getTime() - keptMs);
  return retryBusy(
    () => db.$executeRaw`DELETE FROM "SecurityEvent" WHERE "id" IN (
      SELECT "id" FROM "SecurityEvent" WHERE "at" < ${oldest} LIMIT 1000)`,
  );
}

/** The history of a user, newest first. */
export async function listSecurityEvents(db: Database, userId: string): Promise<SecurityEventRow[]> {
  const rows = await db.securityEvent.findMany({
    where: { userId },
    omit: { userId: true },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: maxKept,
  });
  // Only recordSecurityEvent writes this table.
  return rows as unknown as SecurityEventRow[];
}
