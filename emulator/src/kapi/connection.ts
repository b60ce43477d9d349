import { unlinkApp } from '../account/linking.ts';
import { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { announce } from '../webhooks/announce.ts';
import { isPreregistered, revokeLogins } from '../world/links.ts';
import { revokeLogin } from '../world/tokens.ts';
import { now, type World } from '../world/world.ts';
import { identifyAnyCaller, identifyAnyTokenCaller } from './caller.ts';
import { parameter } from './parameters.ts';
import { setProperties } from './user-properties.ts';

/**
 * `POST /v1/user/signup`: completes the connection of a preregistered user, by token only; `properties` may set user
 * properties. A user who is linked already, as every user of an app that links automatically, is -102.
 */
export function signup(request: KakaoRequest, world: World): Reply {
  const { link } = identifyAnyTokenCaller(request, world);
  if (!isPreregistered(link)) throw new Refusal(-102);
  const properties = parameter(request, 'properties');
  if (properties !== null) setProperties(link, properties);
  link.hasSignedUp = true;
  return jsonReply({ id: BigInt(link.userId) });
}

/**
 * `POST /v1/user/logout`: by token it ends that login (its access and refresh tokens), unless the setting `logout` says
 * otherwise; by admin key all of the user's.
 * The Kakao Account session of the browser stays.
 */
export function logoutTokens(request: KakaoRequest, world: World): Reply {
  const caller = identifyAnyCaller(request, world);
  const { by, link } = caller;
  const reach = by === 'admin' ? 'user' : world.settings.logout;
  const ending = { how: { en: 'logout', ko: '로그아웃' }, at: now(world), request: request.id };
  if (by === 'admin' || reach === 'user') revokeLogins(link, ending);
  else if (reach === 'token') caller.issued.ending = ending;
  else revokeLogin(caller.issued.grant, ending);
  const name = reach === 'user' ? 'tokens-revoked' : 'token-revoked';
  announce(world, { name, app: link.app, userId: link.userId });
  return jsonReply({ id: BigInt(link.userId) });
}

/**
 * `POST /v1/user/unlink`: withdraws all consents and revokes all tokens at once; a later login asks for consent again
 * and has the same id. For a user who is not linked the admin variant answers -101.
 */
export function unlink(request: KakaoRequest, world: World): Reply {
  const { link } = identifyAnyCaller(request, world);
  unlinkApp(world, link, { reason: 'UNLINK_FROM_SERVICE', request: request.id });
  return jsonReply({ id: BigInt(link.userId) });
}
