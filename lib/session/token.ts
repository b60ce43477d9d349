import { createHash, randomBytes } from 'node:crypto';
import { type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { type Keyring, keysOf } from './keyring';

/** A session lives this long at most, whatever happens. */
export const sessionLifetimeSeconds = 30 * 24 * 3_600;

const audience = 'kakao-login';

/** What a session token says: which user, which session, and its times in Unix seconds. Nothing personal. */
export interface SessionClaims {
  readonly userId: string;
  readonly sid: string;
  readonly issuedAt: number;
  readonly expiresAt: number;
}

/** Signs a session token (JWT, RFC 7519; HS256) with the newest secret. */
export async function signSessionToken(keyring: Keyring, claims: SessionClaims): Promise<string> {
  return new SignJWT({ id: claims.userId, sid: claims.sid })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT', kid: keyring.newest.kid })
    .setIssuer(keyring.issuer)
    .setAudience(audience)
    .setSubject(claims.userId)
    .setIssuedAt(claims.issuedAt)
    .setExpirationTime(claims.expiresAt)
    .sign(await keyring.newest.signing);
}

/**
 * Reads a session token. `null` unless it is HS256 under a key we know, ours by issuer and audience,
 * complete, unexpired and no longer-lived than we make them.
 */
export async function verifySessionToken(keyring: Keyring, token: string): Promise<SessionClaims | null> {
  if (token.length > 2_048) return null;
  try {
    const { payload } = await jwtVerify(token, ({ kid }) => keysOf(keyring, kid).signing, {
      algorithms: ['HS256'],
      issuer: keyring.issuer,
      audience,
      requiredClaims: ['sub', 'iat', 'exp', 'sid', 'id'],
      typ: 'JWT',
      maxTokenAge: sessionLifetimeSeconds,
      clockTolerance: 5,
    });
    return readClaims(payload);
  } catch {
    return null;
  }
}

function readClaims(payload: JWTPayload): SessionClaims | null {
  const { sub, sid, id, iat, exp } = payload;
  if (typeof sub !== 'string' || typeof sid !== 'string' || id !== sub) return null;
  if (iat === undefined || exp === undefined || exp - iat > sessionLifetimeSeconds) return null;
  return { userId: sub, sid, issuedAt: iat, expiresAt: exp };
}

/** A new session id: 32 random bytes, base64url. Only the token has it. */
export function createSid(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a `sid`: its SHA-256, base64url. */
export function hashSid(sid: string): string {
  return createHash('sha256').update(sid).digest('base64url');
}
