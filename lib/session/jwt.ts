import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Keyring, KeyUse } from './keyring';

// Our own tokens, by the synchronous functions of node:crypto (docs/decisions/0024-own-tokens.md). Only the one form of
// each that we make is accepted.

/** Why a token is not accepted; for whoever debugs, since every caller says the same to the outside. */
class InvalidToken extends Error {
  override readonly name = 'InvalidToken';
}

const ivBytes = 12;
const tagBytes = 16;

/** Claims whose integrity is proven, and nothing else about them. */
export type Claims = Readonly<Record<string, unknown>>;

/** Signs claims with the newest secret: JWT (RFC 7519) as compact JWS (RFC 7515 3.1), HS256 (RFC 7518 3.2). */
export function signJwt({ newest }: Keyring, claims: Claims): string {
  const header = encodeJson({ alg: 'HS256', typ: 'JWT', kid: newest.kid });
  const signed = `${header}.${encodeJson(claims)}`;
  return `${signed}.${createHmac('sha256', newest.signing).update(signed).digest('base64url')}`;
}

/**
 * The claims of what {@link signJwt} made (RFC 7515 5.2).
 *
 * @throws InvalidToken or another error for anything else
 */
export function verifyJwt(keyring: Keyring, token: string): Claims {
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  const { alg, typ, kid, crit } = decodeJson(header);
  if (more.length > 0 || alg !== 'HS256' || typ !== 'JWT' || crit !== undefined) {
    throw new InvalidToken('not a token of ours');
  }
  const hmac = createHmac('sha256', keyOf(keyring, kid, 'signing'));
  const expected = hmac.update(`${header}.${payload}`).digest();
  const given = decode(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw new InvalidToken('the signature does not hold');
  }
  return decodeJson(payload);
}

/**
 * Seals a text under the newest secret: compact JWE (RFC 7516 3.1) by the key itself (`dir`, RFC 7518 4.5) and A256GCM
 * (RFC 7518 5.3) with a random IV.
 */
export function sealJwe({ newest }: Keyring, use: KeyUse, text: string): string {
  const header = encodeJson({ alg: 'dir', enc: 'A256GCM', kid: newest.kid });
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', newest[use], iv, { authTagLength: tagBytes });
  cipher.setAAD(Buffer.from(header, 'ascii'));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64url');
  return `${header}..${iv.toString('base64url')}.${sealed}.${cipher.getAuthTag().toString('base64url')}`;
}

/**
 * The text in what {@link sealJwe} made for the same use (RFC 7516 5.2).
 *
 * @throws InvalidToken or another error for anything else
 */
export function openJwe(keyring: Keyring, use: KeyUse, token: string): string {
  const parts = token.split('.');
  const [header = '', encryptedKey, iv = '', sealed = '', tag = ''] = parts;
  const { alg, enc, kid, crit, zip } = decodeJson(header);
  const isOurs = alg === 'dir' && enc === 'A256GCM' && crit === undefined && zip === undefined;
  if (parts.length !== 5 || encryptedKey !== '' || !isOurs) throw new InvalidToken('not sealed by us');
  const key = keyOf(keyring, kid, use);
  const nonce = decode(iv);
  if (nonce.length !== ivBytes) throw new InvalidToken('the IV is not 96 bits');
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(Buffer.from(header, 'ascii'));
  // Throws for any length but that of a whole tag: a short one could be guessed.
  decipher.setAuthTag(decode(tag));
  return Buffer.concat([decipher.update(decode(sealed)), decipher.final()]).toString('utf8');
}

/** What the claims must say; lengths in seconds. `tolerance` is how far the clock of another process may be off. */
interface ClaimRules {
  readonly audience: string;
  readonly maxAge: number;
  readonly tolerance: number;
}

/**
 * The times of a token (RFC 7519 4.1), in Unix seconds: it is for this audience, has begun, is not over, and not older
 * than it may get.
 *
 * @throws InvalidToken
 */
export function validateTimes(
  { aud, iat, exp, nbf = 0 }: Claims,
  { audience, maxAge, tolerance }: ClaimRules,
): { readonly issuedAt: number; readonly expiresAt: number } {
  const now = Math.floor(Date.now() / 1_000);
  if (typeof iat !== 'number' || typeof exp !== 'number' || typeof nbf !== 'number') {
    throw new InvalidToken('a time is missing');
  }
  const hasBegun = Math.max(iat, nbf) <= now + tolerance;
  const isOver = exp <= now - tolerance || now - iat - tolerance > maxAge;
  if (aud !== audience || !hasBegun || isOver) throw new InvalidToken('not for us, or not now');
  return { issuedAt: iat, expiresAt: exp };
}

/** The key that a header names, if it is of a secret in force. */
function keyOf({ byKid }: Keyring, kid: unknown, use: KeyUse) {
  const keys = typeof kid === 'string' ? byKid.get(kid) : undefined;
  if (!keys) throw new InvalidToken('unknown kid');
  return keys[use];
}

function encodeJson(value: Claims): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

function decodeJson(text: string): Claims {
  return parseClaims(decode(text).toString('utf8'));
}

/**
 * Reads a JSON object.
 *
 * @throws InvalidToken, or SyntaxError
 */
export function parseClaims(json: string): Claims {
  const value: unknown = JSON.parse(json);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Claims;
  throw new InvalidToken('not a JSON object');
}

/** Base64url without padding (RFC 7515 2); `Buffer` alone would skip whatever does not belong there. */
function decode(text: string): Buffer {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) throw new InvalidToken('not base64url');
  return bytes;
}
