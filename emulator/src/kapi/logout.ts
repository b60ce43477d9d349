import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { announce } from '../webhooks/announce.ts';
import type { World } from '../world/world.ts';
import { identifyCaller } from './caller.ts';

/**
 * `POST /v1/user/logout`: by token it ends that login (its access and refresh tokens), by admin key all of the user's.
 * The Kakao Account session of the browser stays.
 */
export function logoutTokens(request: KakaoRequest, world: World): Reply {
  const caller = identifyCaller(request, world);
  if ('status' in caller) return caller;
  const { by, link } = caller;
  if (by === 'token') caller.issued.grant.revoked = true;
  else link.generation += 1;
  const name = by === 'token' ? 'token-revoked' : 'tokens-revoked';
  announce(world, { name, app: link.app, userId: link.userId });
  return jsonReply({ id: BigInt(link.userId) });
}
