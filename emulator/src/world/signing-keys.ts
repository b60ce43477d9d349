import { randomBytes } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, type JWK } from 'jose';
import { developmentKey } from './development-key.ts';

/** An RSA key pair with the key id that it is published under. */
export interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: JWK;
}

/** Newest first; the newest signs, the newest two are published. */
export interface SigningKeys {
  signer: Promise<SigningKey>;
  other: Promise<SigningKey> | null;
}

const shared: {
  development?: Promise<SigningKey>;
  second?: Promise<SigningKey>;
  foreign?: Promise<SigningKey>;
} = {};

/** The keys of a fresh Kakao: the committed development key signs, the second is made when first asked for. */
export function initialKeys(): SigningKeys {
  shared.development ??= importDevelopmentKey();
  return { signer: shared.development, other: null };
}

/** The two keys of the JWKS, the signing one first. */
export async function publishedKeys(keys: SigningKeys): Promise<SigningKey[]> {
  keys.other ??= shared.second ??= generateKey();
  return Promise.all([keys.signer, keys.other]);
}

/** Makes a new key sign from now on; the one that signed until now stays published if they are to overlap. */
export async function rotateKeys(keys: SigningKeys, overlap: boolean): Promise<SigningKey> {
  const next = generateKey();
  keys.other = overlap ? keys.signer : generateKey();
  keys.signer = next;
  return next;
}

/** A key that is never published. */
export function foreignKey(): Promise<SigningKey> {
  shared.foreign ??= generateKey();
  return shared.foreign;
}

async function importDevelopmentKey(): Promise<SigningKey> {
  const { kid, kty, alg, use, n, e } = developmentKey;
  const privateKey = await importJWK({ ...developmentKey }, 'RS256');
  if (privateKey instanceof Uint8Array) throw new TypeError('the development key is not an RSA key');
  return { kid, privateKey, publicJwk: { kid, kty, alg, use, n, e } };
}

async function generateKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { modulusLength: 2048 });
  const kid = randomBytes(15).toString('hex');
  const { n, e } = await exportJWK(publicKey);
  return {
    kid,
    privateKey,
    publicJwk: { kid, kty: 'RSA', alg: 'RS256', use: 'sig', n: n ?? '', e: e ?? '' },
  };
}
