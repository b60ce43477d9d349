import { createPublicKey } from 'node:crypto';
import { CompactSign, type CryptoKey, type JWK } from 'jose';
import { foreignKey, type SigningKeys } from './signing-keys.ts';

/** How a signature is to be spoilt. */
export interface JwsFault {
  readonly alg?: 'none' | 'HS256' | undefined;
  readonly signWith?: 'unknown-key' | 'foreign-key-same-kid' | undefined;
}

/** What is signed, and what HS256 is keyed with: by default the public key, which careless libraries accept. */
export interface JwsOrder {
  readonly payload: object;
  readonly typ: string;
  readonly fault?: JwsFault | undefined;
  readonly hmacSecret?: string;
}

const encoder = new TextEncoder();

/** A compact JWS (RFC 7515) with RS256 and the newest key, or spoilt as the fault says. */
export async function signJws(
  { payload, typ, fault, hmacSecret }: JwsOrder,
  keys: SigningKeys,
): Promise<string> {
  const text = encoder.encode(JSON.stringify(payload));
  if (fault?.alg === 'none') return `${base64url(JSON.stringify({ typ, alg: 'none' }))}.${base64url(text)}.`;
  const { kid, key, alg } = await signature(fault, hmacSecret, keys);
  return new CompactSign(text).setProtectedHeader({ kid, typ, alg }).sign(key);
}

interface Signature {
  readonly kid: string;
  readonly key: CryptoKey | Uint8Array;
  readonly alg: 'RS256' | 'HS256';
}

async function signature(
  fault: JwsFault | undefined,
  hmacSecret: string | undefined,
  keys: SigningKeys,
): Promise<Signature> {
  const signer = await keys.signer;
  if (fault?.alg === 'HS256') {
    return { kid: signer.kid, key: encoder.encode(hmacSecret ?? pemOf(signer.publicJwk)), alg: 'HS256' };
  }
  if (!fault?.signWith) return { kid: signer.kid, key: signer.privateKey, alg: 'RS256' };
  const foreign = await foreignKey();
  const kid = fault.signWith === 'unknown-key' ? foreign.kid : signer.kid;
  return { kid, key: foreign.privateKey, alg: 'RS256' };
}

function pemOf(publicJwk: JWK): string {
  return String(
    createPublicKey({ key: { ...publicJwk }, format: 'jwk' }).export({ type: 'spki', format: 'pem' }),
  );
}

function base64url(data: string | Uint8Array): string {
  return Buffer.from(data).toString('base64url');
}
