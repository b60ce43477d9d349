import { createHash, randomBytes } from 'node:crypto';

/** A new session id: 32 random bytes, base64url. It stands in the token and nowhere else. */
export function createSid(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of a `sid`: its SHA-256, base64url. */
export function hashSid(sid: string): string {
  return createHash('sha256').update(sid).digest('base64url');
}
