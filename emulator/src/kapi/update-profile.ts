import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { identifyTokenCaller, parameter } from './caller.ts';
import { setProperties } from './user-properties.ts';

/** `POST /v1/user/update_profile`: sets the user properties in `properties`; unknown keys are -201. By token only. */
export function updateProfile(request: KakaoRequest, world: World): Reply {
  const caller = identifyTokenCaller(request, world);
  if ('status' in caller) return caller;
  const refusal = setProperties(caller.link, parameter(request, 'properties') ?? '');
  return refusal ?? jsonReply({ id: BigInt(caller.link.userId) });
}
