import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { announce } from '../webhooks/announce.ts';
import { revokeLogins } from '../world/links.ts';
import { revokeLogin } from '../world/tokens.ts';
import { now, type World } from '../world/world.ts';
import { identifyAnyCaller } from './caller.ts';

/**
 * `POST /v1/user/logout`: by token it ends that login (its access and refresh tokens), unless the setting `logout` says
 * otherwise; by admin key all of the user's.
 * The Kakao Account session of the browser stays.
 */
export function logoutTokens(request: KakaoRequest, world: World): Reply {
  const caller = identifyAnyCaller(request, world);
  if ('status' in caller) return caller;
  const { by, link } = caller;
  const reach = by === 'admin' ? 'user' : world.settings.logout;
  const ending = { how: 'logout', at: now(world), request: request.id };
  if (by === 'admin' || reach === 'user') revokeLogins(link, ending);
  else if (reach === 'token') caller.issued.ending = ending;
  else revokeLogin(caller.issued.grant, ending);
  const name = reach === 'user' ? 'tokens-revoked' : 'token-revoked';
  announce(world, { name, app: link.app, userId: link.userId });
  return jsonReply({ id: BigInt(link.userId) });
}
