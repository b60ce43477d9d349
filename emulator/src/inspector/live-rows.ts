import { refuseStrangers } from '../control/control.ts';
import { Problem } from '../control/problem.ts';
import { languageOf } from '../pages/language.ts';
import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { loggedRequests } from '../world/request-log.ts';
import type { World } from '../world/world.ts';
import { liveReply } from './live.ts';
import { renderRow } from './row.ts';

/** `GET /__emulator/inspector/live`: rows of the page as server-sent events; first what came since `Last-Event-ID`. */
export function liveRows(request: KakaoRequest, world: World): Reply {
  refuseStrangers(request, world);
  const language = languageOf(request.headers);
  const since = Number(request.headers['last-event-id'] ?? request.query.get('since'));
  const missed = loggedRequests(world.requests).filter(({ id }) => id > since);
  const live = liveReply(world, (entry) => renderRow(entry, language, world.publicUrl), missed);
  if (!live) throw new Problem(503, 'a hundred others are waiting or watching');
  return live;
}
