import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { rotateKeys } from '../world/signing-keys.ts';
import type { World } from '../world/world.ts';

/** `POST /keys/rotate`: a new key signs, the old one stays published: `{"kid"}`. */
export async function rotate(_request: KakaoRequest, world: World): Promise<Reply> {
  const { kid } = await rotateKeys(world.keys);
  return jsonReply({ kid });
}
