import { createHash, hkdfSync, type webcrypto } from 'node:crypto';

/**
 * One secret and the keys that are derived from it, imported once. `kid` is the first 8 hex digits of SHA-256 of
 * the secret.
 */
interface SecretKeys {
  readonly kid: string;
  /** Signs session tokens. */
  readonly signing: Promise<webcrypto.CryptoKey>;
  /** Seals flow cookies. */
  readonly flow: Promise<webcrypto.CryptoKey>;
  /** Seals the `returnTo` in the `state` of a flow. */
  readonly returnTo: Promise<webcrypto.CryptoKey>;
  /** Seals Kakao's tokens in the database. */
  readonly kakaoToken: Promise<webcrypto.CryptoKey>;
}

/** All secrets in force, newest first: the first one signs and seals, all of them verify and open. */
export interface Keyring {
  readonly issuer: string;
  readonly newest: SecretKeys;
  readonly byKid: ReadonlyMap<string, SecretKeys>;
}

/**
 * Derives the keys of every secret once. `issuer` is our own public origin. Sealing keys come from HKDF
 * (RFC 5869) under a label of their own, so that nothing sealed for one purpose is accepted for another.
 *
 * @throws RangeError without a secret, or for one below 32 bytes (RFC 7518 3.2)
 */
export function createKeyring(issuer: string, secrets: readonly string[]): Keyring {
  const all = secrets.map(deriveKeys);
  const newest = all[0];
  if (!newest) throw new RangeError('a keyring needs at least one secret');
  return { issuer, newest, byKid: new Map(all.map((keys) => [keys.kid, keys])) };
}

/**
 * The keys that a JOSE header names.
 *
 * @throws Error for a `kid` that is missing or not of a secret in force
 */
export function keysOf(keyring: Keyring, kid: string | undefined): SecretKeys {
  const keys = keyring.byKid.get(kid ?? '');
  if (!keys) throw new Error('unknown kid');
  return keys;
}

function deriveKeys(secret: string): SecretKeys {
  const bytes = Buffer.from(secret, 'utf8');
  if (bytes.length < 32) throw new RangeError('a secret needs at least 32 bytes');
  const kid = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
  const hmac = { name: 'HMAC', hash: 'SHA-256' };
  return {
    kid,
    signing: crypto.subtle.importKey('raw', bytes, hmac, false, ['sign', 'verify']),
    flow: sealingKey(bytes, 'kakao-login/flow-cookie/v1'),
    returnTo: sealingKey(bytes, 'kakao-login/return-to/v1'),
    kakaoToken: sealingKey(bytes, 'kakao-login/kakao-token/v1'),
  };
}

function sealingKey(secret: Buffer, label: string): Promise<webcrypto.CryptoKey> {
  const derived = Buffer.from(hkdfSync('sha256', secret, '', label, 32));
  return crypto.subtle.importKey('raw', derived, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
