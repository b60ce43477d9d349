import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { isPreregistered } from '../world/links.ts';
import type { World } from '../world/world.ts';
import { identifyAnyTokenCaller, parameter } from './caller.ts';
import { kapiError } from './error.ts';
import { setProperties } from './user-properties.ts';

/**
 * `POST /v1/user/signup`: completes the connection of a preregistered user, by token only; `properties` may set user
 * properties. A user who is linked already, as every user of an app that links automatically, is -102.
 */
export function signup(request: KakaoRequest, world: World): Reply {
  const caller = identifyAnyTokenCaller(request, world);
  if ('status' in caller) return caller;
  const { link } = caller;
  if (!isPreregistered(link)) return kapiError(-102);
  const properties = parameter(request, 'properties');
  const refusal = properties === null ? undefined : setProperties(link, properties);
  if (refusal) return refusal;
  link.hasSignedUp = true;
  return jsonReply({ id: BigInt(link.userId) });
}
