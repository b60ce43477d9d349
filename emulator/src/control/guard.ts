import { isFromOtherOrigin, strangeHost } from '../server/origin.ts';
import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { World } from '../world/world.ts';
import { problem } from './problem.ts';

/**
 * Keeps strangers off the control API: other machines (unless remote use was allowed), pages of other origins, and
 * pages that have made their own host name point here (DNS rebinding).
 */
export function guardRefusal(request: KakaoRequest, world: World): Reply | undefined {
  if (!request.isLocal && !world.beginning.allowRemote)
    return problem(403, 'the control API is for this machine only');
  const host = strangeHost(request, world);
  if (host !== undefined) return problem(403, `the host name ${host} is not one of this emulator`);
  if (!isFromOtherOrigin(request)) return undefined;
  return problem(403, `pages of ${request.headers.origin} may not use the control API`);
}
