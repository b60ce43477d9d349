import { emptyReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { resetWorld, type World } from '../world/world.ts';

/** `POST /reset`: back to the beginning, 204. */
export function reset(_request: KakaoRequest, world: World): Reply {
  resetWorld(world);
  return emptyReply(204);
}
