import type { IdTokenFault } from '../world/faults.ts';
import { pictureUrl } from '../world/picture-url.ts';
import { mayRead } from '../world/readable-items.ts';
import { signJws } from '../world/sign-jws.ts';
import type { Grant } from '../world/tokens.ts';
import type { World } from '../world/world.ts';
import { accessTokenLifetime } from './access-token-lifetime.ts';

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
  const { clientSecret } = order.grant.key;
  const jws = {
    payload: Object.fromEntries(present),
    typ: 'JWT',
    fault: order.fault,
    hmacSecret: clientSecret,
  };
  return signJws(jws, world.keys);
}

/** The claims that Kakao documents: no `at_hash`, no `email_verified`; `email` only when it is valid and verified. */
function idTokenClaims({ grant, nonce, issuedAt }: IdTokenOrder, world: World): Record<string, unknown> {
  const { user, userId } = grant.link;
  const isGoodEmail = user.isEmailValid && user.isEmailVerified;
  return {
    aud: grant.key.key,
    sub: userId,
    auth_time: grant.authTime,
    iss: world.publicUrl,
    nickname: mayRead(grant.link, 'profile_nickname') ? user.nickname : null,
    picture: mayRead(grant.link, 'profile_image') ? pictureUrl(user, 110, false, world) : null,
    email: mayRead(grant.link, 'account_email') && isGoodEmail ? user.email : null,
    exp: issuedAt + accessTokenLifetime(grant.key, world),
    iat: issuedAt,
    nonce,
  };
}
