import { createHash, randomBytes } from 'node:crypto';
import { signJwt, validateTimes, verifyJwt } from './jwt';
import type { Keyring } from './keyring';

/** No session may be set to live longer than a year, so no token of ours does. */
const longestLifetimeSeconds = 365 * 24 * 3_600;

const audience = 'kakao-login';

/** What a session token says: which user, which session, and its times in Unix seconds. Nothing personal. */
export interface SessionClaims {
  readonly userId: string;
  readonly sid: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Signs a session token (JWT, RFC 7519; HS256) with the newest secret. */
export function signSessionToken(keyring: Keyring, claims: SessionClaims): string {
  return signJwt(keyring, {
    id: claims.userId,
    sid: claims.sid,
    iss: keyring.issuer,
    aud: audience,
    sub: claims.userId,
    iat: claims.issuedAt,
    exp: claims.expiresAt,
  });
}

/**
 * Reads a session token. `null` unless it is HS256 under a key we know, ours by issuer and audience,
 * complete, unexpired and no longer-lived than any of ours.
 */
export function verifySessionToken(keyring: Keyring, token: string): SessionClaims | null {
  if (token.length > 2_048) return null;
  try {
    const claims = verifyJwt(keyring, token);
    const times = validateTimes(claims, { audience, maxAge: longestLifetimeSeconds, tolerance: 5 });
    const { iss, sub, sid, id } = claims;
    if (iss !== keyring.issuer || typeof sub !== 'string' || typeof sid !== 'string' || id !== sub)
      return null;
    if (times.expiresAt - times.issuedAt > longestLifetimeSeconds) return null;
    return { userId: sub, sid, ...times };
  } catch {
    return null;
  }
}

/** A new session id: 32 random bytes, base64url. Only the token has it. */
export function createSid(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a `sid`: its SHA-256, base64url. */
export function hashSid(sid: string): string {
  return createHash('sha256').update(sid).digest('base64url');
}
