import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { now, type World } from '../world/world.ts';
import { bearerToken, identifyTokenCaller } from './caller.ts';
import { kapiError } from './error.ts';

/** `GET /v1/user/access_token_info`: whose token it is, of which app, and the seconds it has left. */
export function accessTokenInfo(request: KakaoRequest, world: World): Reply {
  if (!couldBeToken(bearerToken(request))) return kapiError(-2, 'the access token is malformed');
  const caller = identifyTokenCaller(request, world);
  if ('status' in caller) return caller;
  return jsonReply({
    id: BigInt(caller.link.userId),
    expires_in: Math.floor((caller.issued.expiresAt - now(world)) / 1000),
    app_id: caller.link.app.appId,
  });
}

/** A JWT, for one, could not: Kakao's tokens hold no dots. An absent token is -401, not -2. */
function couldBeToken(token: string): boolean {
  return /^[\w-]*$/.test(token);
}
