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

/**
 * What seals Kakao's tokens in the database: keys of secrets of their own (`SEALING_SECRET`), because other services may
 * hold those that sign.
 */
export interface SealingKeys {
  /** Seals; all of `byKid` open. */
  readonly newest: SealingKey;
  readonly byKid: ReadonlyMap<string, SealingKey>;
  /** What earlier versions sealed with: derived from the secrets that sign. They open, and seal nothing any more. */
  readonly former: ReadonlyMap<string, SealingKey>;
}

interface SealingKey {
  readonly kid: string;
  readonly key: KeyObject;
}

/**
 * Derives the sealing keys of every secret once; `former` are the secrets that sign session tokens.
 *
 * @throws RangeError without a secret, or for one below 32 bytes
 */
export function createSealingKeys(secrets: readonly string[], former: readonly string[]): SealingKeys {
  const derive = (all: readonly string[], label: string): SealingKey[] =>
    all.map((secret) => ({ kid: kidOf(secret), key: sealingKey(secretBytes(secret), label) }));
  const keys = derive(secrets, 'kakao-login/kakao-token/v2');
  const [newest] = keys;
  if (!newest) throw new RangeError('sealing needs at least one secret');
  const byKid = (all: readonly SealingKey[]) => new Map(all.map((one) => [one.kid, one]));
  return { newest, byKid: byKid(keys), former: byKid(derive(former, 'kakao-login/kakao-token/v1')) };
}

function deriveKeys(secret: string): SecretKeys {
  const bytes = secretBytes(secret);
  return {
    kid: kidOf(secret),
    signing: createSecretKey(bytes),
    flow: sealingKey(bytes, 'kakao-login/flow-cookie/v1'),
    returnTo: sealingKey(bytes, 'kakao-login/return-to/v1'),
    refusalKey: sealingKey(bytes, 'kakao-login/refusal-key/v1'),
  };
}

function secretBytes(secret: string): Buffer {
  const bytes = Buffer.from(secret, 'utf8');
  if (bytes.length < 32) throw new RangeError('a secret needs at least 32 bytes');
  return bytes;
}

function kidOf(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex').slice(0, 8);
}

function sealingKey(secret: Buffer, label: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', label, 32)));
}
