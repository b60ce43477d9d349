import { toJson } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { publishedKeys } from '../world/signing-keys.ts';
import type { World } from '../world/world.ts';

/** `GET /.well-known/jwks.json` (RFC 7517): two RSA keys, as Kakao has. */
export async function jwks(_request: KakaoRequest, world: World): Promise<Reply> {
  const keys = await publishedKeys(world.keys);
  return jsonReply({ keys: keys.map((key) => toJson(key.publicJwk)) });
}
