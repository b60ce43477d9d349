import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';

/** `GET /.well-known/sse-configuration`: who signs security event tokens; the path is that of Kakao's older edition. */
export function eventConfiguration(_request: KakaoRequest, { publicUrl, internalUrl }: World): Reply {
  return jsonReply({
    issuer: publicUrl,
    jwks_uri: `${internalUrl}/.well-known/jwks.json`,
    delivery_methods_supported: 'http://schemas.openid.net/secevent/risc/delivery-method/push',
  });
}
