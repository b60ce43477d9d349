import { CompactSign, type CryptoKey } from 'jose';
import type { IdTokenFault } from '../world/faults.ts';
import { pictureUrl } from '../world/picture-url.ts';
import { foreignKey } from '../world/signing-keys.ts';
import type { Grant } from '../world/tokens.ts';
import type { World } from '../world/world.ts';
import { accessTokenLifetime } from './access-token-lifetime.ts';

const encoder = new TextEncoder();

/** What an ID token is made of beside the login itself. */
export interface IdTokenOrder {
  readonly grant: Grant;
  readonly nonce: string | null;
  /** Unix seconds. */
  readonly issuedAt: number;
  readonly fault?: IdTokenFault | undefined;
}

/** Signs an ID token (OpenID Connect Core 2) with RS256, or spoils it as the fault says. */
export async function makeIdToken(order: IdTokenOrder, world: World): Promise<string> {
  const claims = { ...idTokenClaims(order, world), ...order.fault?.claims };
  const present = Object.entries(claims).filter(([, value]) => value !== undefined && value !== null);
  const payload = encoder.encode(JSON.stringify(Object.fromEntries(present)));
  if (order.fault?.alg === 'none') return `${base64url('{"typ":"JWT","alg":"none"}')}.${base64url(payload)}.`;
  const { kid, key, alg } = await signature(order, world);
  return new CompactSign(payload).setProtectedHeader({ kid, typ: 'JWT', alg }).sign(key);
}

/** The claims that Kakao documents: no `at_hash`, no `email_verified`; `email` only when it is valid and verified. */
function idTokenClaims({ grant, nonce, issuedAt }: IdTokenOrder, world: World): Record<string, unknown> {
  const { user, agreed } = grant.link;
  const isGoodEmail = user.isEmailValid && user.isEmailVerified;
  return {
    aud: grant.key.key,
    sub: user.id,
    auth_time: grant.authTime,
    iss: world.publicUrl,
    nickname: agreed.has('profile_nickname') ? user.nickname : null,
    picture: agreed.has('profile_image') ? pictureUrl(user, 110, false, world) : null,
    email: agreed.has('account_email') && isGoodEmail ? user.email : null,
    exp: issuedAt + accessTokenLifetime(grant.key, world),
    iat: issuedAt,
    nonce,
  };
}

interface Signature {
  readonly kid: string;
  readonly key: CryptoKey | Uint8Array;
  readonly alg: 'RS256' | 'HS256';
}

async function signature({ grant, fault }: IdTokenOrder, world: World): Promise<Signature> {
  const signer = await world.keys.signer;
  if (fault?.alg === 'HS256') {
    return { kid: signer.kid, key: encoder.encode(grant.key.clientSecret), alg: 'HS256' };
  }
  if (!fault?.signWith) return { kid: signer.kid, key: signer.privateKey, alg: 'RS256' };
  const foreign = await foreignKey();
  const kid = fault.signWith === 'unknown-key' ? foreign.kid : signer.kid;
  return { kid, key: foreign.privateKey, alg: 'RS256' };
}

function base64url(data: string | Uint8Array): string {
  return Buffer.from(data).toString('base64url');
}
