import { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import { authorization, type KakaoRequest } from '../server/request.ts';
import { now, type World } from '../world/world.ts';
import { identifyAnyTokenCaller } from './caller.ts';

/**
 * `GET /v1/user/access_token_info`: whose token it is, of which app, and the seconds it has left; old apps get `appId` and
 * `expiresInMillis` too. `GET /v1/user/check_access_token` is what SDKs call for the same.
 */
export function accessTokenInfo(request: KakaoRequest, world: World): Reply {
  const [scheme, token] = authorization(request);
  // A JWT, for one, is refused so: Kakao's tokens hold no dots. An absent token is -401, not -2.
  if (scheme === 'Bearer' && !/^[\w-]*$/.test(token))
    throw new Refusal(-2, { text: 'the access token is malformed' });
  const { link, issued } = identifyAnyTokenCaller(request, world);
  const { app, userId } = link;
  const millis = issued.expiresAt - now(world);
  return jsonReply({
    id: BigInt(userId),
    expires_in: Math.floor(millis / 1000),
    app_id: app.appId,
    ...(app.legacyFields ? { expiresInMillis: millis, appId: app.appId } : {}),
  });
}
