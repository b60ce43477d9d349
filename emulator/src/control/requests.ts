import { harOf } from '../inspector/har.ts';
import { emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { clearRequests, loggedRequests } from '../world/request-log.ts';
import type { World } from '../world/world.ts';
import { isProblem } from './body-shape.ts';
import { readFilter } from './request-filter.ts';
import { shownRequest } from './shown-request.ts';

/**
 * `GET /requests`: `{"requests": […]}`, the last 500 in the order in which they were answered. Query: `path`, `method`,
 * `status` (401 or 4xx), `code`, `since` (an id), `secrets=shown`.
 */
export function showLog(request: KakaoRequest, world: World): Reply {
  const fits = readFilter(request.query);
  if (isProblem(fits)) return fits;
  const entries = loggedRequests(world.requests).filter(fits);
  const withSecrets = wantsSecrets(request);
  return jsonReply({ requests: entries.map((entry) => shownRequest(entry, world.publicUrl, withSecrets)) });
}

/** `DELETE /requests`: forgets them, 204. */
export function clearLog(_request: KakaoRequest, world: World): Reply {
  clearRequests(world.requests);
  return emptyReply(204);
}

/** `GET /requests.har`: the same as an HTTP Archive 1.2, to save. */
export function archiveLog(request: KakaoRequest, world: World): Reply {
  const fits = readFilter(request.query);
  if (isProblem(fits)) return fits;
  const entries = loggedRequests(world.requests).filter(fits);
  return jsonReply(harOf(entries, world.publicUrl, wantsSecrets(request)), 200, {
    'Content-Disposition': 'attachment; filename="kakao-emulator.har"',
  });
}

/** Whether the caller asked for tokens, codes and secrets as they are. */
export function wantsSecrets({ query }: KakaoRequest): boolean {
  return query.get('secrets') === 'shown';
}
