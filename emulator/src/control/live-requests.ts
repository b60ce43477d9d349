import { liveReply } from '../inspector/live.ts';
import { writeJson } from '../server/json.ts';
import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { loggedRequests } from '../world/request-log.ts';
import type { World } from '../world/world.ts';
import { isProblem } from './body-shape.ts';
import { problem } from './problem.ts';
import { readFilter } from './request-filter.ts';
import { wantsSecrets } from './requests.ts';
import { shownRequest } from './shown-request.ts';

/**
 * `GET /requests/live`: server-sent events `request` (data as an entry of `GET /requests`) and `cleared`. Criteria as
 * there; with `since`, or the `Last-Event-ID` of a reader that comes back, what was missed comes first.
 */
export function watchLog(request: KakaoRequest, world: World): Reply {
  const fits = readFilter(request.query);
  if (isProblem(fits)) return fits;
  const since = request.headers['last-event-id'] ?? request.query.get('since');
  const missed = since === null ? [] : loggedRequests(world.requests).filter(({ id }) => id > Number(since));
  const show = (entry: Parameters<typeof fits>[0]) =>
    fits(entry) ? writeJson(shownRequest(entry, world.publicUrl, wantsSecrets(request))) : null;
  return liveReply(world, show, missed) ?? problem(503, 'a hundred others are waiting or watching');
}
