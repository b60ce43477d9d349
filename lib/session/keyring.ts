import { createHash, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';

/** One secret and the keys that are derived from it. `kid` is the first 8 hex digits of SHA-256 of the secret. */
interface SecretKeys {
  readonly kid: string;
  /** Signs session tokens. */
  readonly signing: KeyObject;
  /** Seals flow cookies. */
  readonly flow: KeyObject;
  /** Seals the `returnTo` in the `state` of a flow. */
  readonly returnTo: KeyObject;
  /** Seals Kakao's tokens in the database. */
  readonly kakaoToken: KeyObject;
  /** Seals the key of the hashes by which people without a user here are refused. */
  readonly refusalKey: KeyObject;
}

/** What one of the keys is for. */
export type KeyUse = Exclude<keyof SecretKeys, 'kid'>;

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

function deriveKeys(secret: string): SecretKeys {
  const bytes = Buffer.from(secret, 'utf8');
  if (bytes.length < 32) throw new RangeError('a secret needs at least 32 bytes');
  return {
    kid: createHash('sha256').update(bytes).digest('hex').slice(0, 8),
    signing: createSecretKey(bytes),
    flow: sealingKey(bytes, 'kakao-login/flow-cookie/v1'),
    returnTo: sealingKey(bytes, 'kakao-login/return-to/v1'),
    kakaoToken: sealingKey(bytes, 'kakao-login/kakao-token/v1'),
    refusalKey: sealingKey(bytes, 'kakao-login/refusal-key/v1'),
  };
}

function sealingKey(secret: Buffer, label: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', label, 32)));
}
