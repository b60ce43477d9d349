import { randomUUID } from 'node:crypto';
import type { Database } from './client';
import { retryBusy } from './retry-busy';

/** What an event of Kakao's did to the sessions or the account of a user. */
type KakaoEventEffect = 'end_sessions' | 'block' | 'unblock' | 'none';

/**
 * What can stand in a user's security history. `detail` of a log-out is how far it went, of a consent its item id, of a
 * Kakao event its short name, such as `credential-compromise`.
 */
export type SecurityEvent =
  | {
      readonly kind:
        | 'login'
        | 'new_device'
        | 'session_ended'
        | 'sessions_ended'
        | 'tokens_purged'
        | 'blocked'
        | 'unblocked'
        | 'export'
        | 'withdrawal_requested';
    }
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
  await retryBusy(() => db.securityEvent.create({ data: { id: randomUUID(), userId, ...event } }));
  const oldest = new Date(event.at.getTime() - keptMs);
  await retryBusy(
    () => db.$executeRaw`
      DELETE FROM "SecurityEvent" WHERE "userId" = ${userId} AND ("at" < ${oldest} OR "id" NOT IN (
        SELECT "id" FROM "SecurityEvent" WHERE "userId" = ${userId} ORDER BY "at" DESC, "id" DESC LIMIT ${maxKept}))`,
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

/** Whether the history knows this device: `null` when there is no login in it to compare with. */
export async function knowsDevice(
  db: Database,
  userId: string,
  device: string | null,
): Promise<boolean | null> {
  const logins = await db.securityEvent.findMany({
    where: { userId, kind: { in: ['login', 'new_device'] } },
    select: { device: true },
    distinct: ['device'],
  });
  return logins.length === 0 ? null : logins.some((login) => login.device === device);
}
