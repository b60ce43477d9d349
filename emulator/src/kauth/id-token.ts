import { toJson } from '../json.ts';
import { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { IdTokenFault } from '../world/faults.ts';
import { mayRead } from '../world/links.ts';
import { publishedKeys, signJws } from '../world/signing-keys.ts';
import type { Grant } from '../world/tokens.ts';
import { pictureUrl } from '../world/users.ts';
import { now, type World } from '../world/world.ts';

/** The claims of an ID token that do not come from the login itself. */
export interface IdTokenOrder {
  readonly grant: Grant;
  readonly nonce: string | null;
  /** Unix seconds. */
  readonly issuedAt: number;
  /** Seconds. */
  readonly lifetime: number;
  readonly fault?: IdTokenFault | undefined;
}

/** Signs an ID token (OpenID Connect Core 2) with RS256, or makes it invalid as the fault says. */
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
function idTokenClaims(
  { grant, nonce, issuedAt, lifetime }: IdTokenOrder,
  world: World,
): Record<string, unknown> {
  const { user, userId } = grant.link;
  const isGoodEmail = user.isEmailValid && user.isEmailVerified;
  return {
    aud: grant.key.key,
    sub: userId,
    auth_time: grant.authTime,
    iss: world.publicUrl,
    nickname: mayRead(grant.link, 'profile_nickname') ? user.nickname : null,
    picture: mayRead(grant.link, 'profile_image')
      ? pictureUrl(world, user, { size: 110, secure: false })
      : null,
    email: mayRead(grant.link, 'account_email') && isGoodEmail ? user.email : null,
    exp: issuedAt + lifetime,
    iat: issuedAt,
    nonce,
  };
}

/** `POST /oauth/tokeninfo`: the payload of a valid ID token (form field `id_token`), else KOE400. For debugging only. */
export async function tokeninfo(request: KakaoRequest, world: World): Promise<Reply> {
  // Only this needs it, and loading it takes half as long as all else that a start does.
  const { createLocalJWKSet, jwtVerify } = await import('jose');
  const keys = await publishedKeys(world.keys);
  const keySet = createLocalJWKSet({ keys: keys.map((key) => key.publicJwk) });
  const options = { issuer: world.publicUrl, algorithms: ['RS256'], currentDate: new Date(now(world)) };
  try {
    const { payload } = await jwtVerify(request.form.get('id_token') ?? '', keySet, options);
    return jsonReply(toJson(payload));
  } catch (error) {
    throw new Refusal('KOE400', { value: error instanceof Error ? error.message : 'invalid ID token' });
  }
}
