import { unlinkApp } from '../account/unlink-app.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { identifyAnyCaller } from './caller.ts';

/**
 * `POST /v1/user/unlink`: withdraws all consents and kills all tokens at once; a later login asks for consent again
 * and has the same id. For a user who is not linked the admin variant answers -101.
 */
export function unlink(request: KakaoRequest, world: World): Reply {
  const caller = identifyAnyCaller(request, world);
  if ('status' in caller) return caller;
  unlinkApp(world, caller.link, 'UNLINK_FROM_SERVICE', request.id);
  return jsonReply({ id: BigInt(caller.link.userId) });
}
