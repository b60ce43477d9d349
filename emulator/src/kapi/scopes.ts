import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { identifyCaller, parameter } from './caller.ts';
import { kapiError } from './error.ts';
import { readTextList } from './property-keys.ts';
import { scopeList } from './scope-list.ts';

/** `GET /v2/user/scopes`: what the user has agreed to; `scopes=["…"]` narrows the list. */
export function scopes(request: KakaoRequest, world: World): Reply {
  const caller = identifyCaller(request, world);
  if ('status' in caller) return caller;
  const asked = parameter(request, 'scopes');
  const only = asked === null ? null : readTextList(asked);
  if (asked !== null && only === null) return kapiError(-2, 'scopes must be a JSON array of texts');
  return jsonReply(scopeList(caller.link, only));
}
