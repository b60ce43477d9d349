import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { now, type World } from '../world/world.ts';
import { bearerToken, identifyAnyTokenCaller } from './caller.ts';
import { kapiError } from './error.ts';

/**
 * `GET /v1/user/access_token_info`: whose token it is, of which app, and the seconds it has left; old apps get `appId` and
 * `expiresInMillis` too. `GET /v1/user/check_access_token` is what SDKs call for the same.
 */
export function accessTokenInfo(request: KakaoRequest, world: World): Reply {
  if (!couldBeToken(bearerToken(request))) return kapiError(-2, 'the access token is malformed');
  const caller = identifyAnyTokenCaller(request, world);
  if ('status' in caller) return caller;
  const { app, userId } = caller.link;
  const millis = caller.issued.expiresAt - now(world);
  return jsonReply({
    id: BigInt(userId),
    expires_in: Math.floor(millis / 1000),
    app_id: app.appId,
    ...(app.legacyFields ? { expiresInMillis: millis, appId: app.appId } : {}),
  });
}

/** A JWT, for one, could not: Kakao's tokens hold no dots. An absent token is -401, not -2. */
function couldBeToken(token: string): boolean {
  return /^[\w-]*$/.test(token);
}
