import { findSession, touchSession } from '../db/sessions';
import { isBlocked, type User } from '../db/users';
import { hashSid, type SessionClaims, verifySessionToken } from '../session/token';
import type { LoginDeps } from './deps';

/** Who is looking: a user, their session, and the claims of its token. */
export interface Viewer {
  readonly user: User;
  readonly sessionId: string;
  readonly claims: SessionClaims;
  /** When the session began, and whether the person saw its login. */
  readonly login: { readonly at: Date; readonly isInteractive: boolean };
}

const touchEveryMs = 5 * 60_000;

/** A session that was last seen before this time has ended. */
export function idleSince({ sessionLimits }: LoginDeps, now: Date): Date {
  return new Date(now.getTime() - sessionLimits.idleMs);
}

/**
 * Finds the viewer of a session token. `null` for anything not clearly valid: a bad token, a session that
 * was revoked, is idle for too long or over, a token that outlives its session, a blocked user. One read; one write every five minutes at most.
 */
export async function findViewer(deps: LoginDeps, token: string | null): Promise<Viewer | null> {
  const claims = token ? verifySessionToken(deps.keyring, token) : null;
  if (!claims) return null;
  const found = await findSession(deps.db, hashSid(claims.sid));
  if (!found || found.user.id !== claims.userId) return null;
  const { session, user } = found;
  const now = deps.now();
  if (session.revokedAt || isBlocked(user) || session.expiresAt <= now) return null;
  if (session.lastSeenAt < idleSince(deps, now) || claims.expiresAt * 1_000 > session.expiresAt.getTime())
    return null;
  const stale = new Date(now.getTime() - touchEveryMs);
  // A full or locked disk must not sign anybody out: the next request tries again.
  if (session.lastSeenAt < stale) {
    await touchSession(deps.db, session.id, { now, unlessSince: stale }).catch(() => undefined);
  }
  const login = { at: session.createdAt, isInteractive: session.interactive };
  return { user, sessionId: session.id, claims, login };
}
