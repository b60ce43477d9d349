import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { type LoggedRequest, loggedRequests, watchRequests } from '../world/request-log.ts';
import type { World } from '../world/world.ts';
import { isProblem } from './body-shape.ts';
import { problem } from './problem.ts';
import { type RequestFilter, readFilter } from './request-filter.ts';
import { wantsSecrets } from './requests.ts';
import { shownRequest } from './shown-request.ts';

const USUAL_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 60_000;
const timeoutMs = { must: `be milliseconds up to ${LONGEST_WAIT_MS}`, form: /^([1-5]?\d{1,4}|60000)$/ };

/**
 * `GET /requests/wait`: the first request that fits (criteria as for `GET /requests`), as soon as it is answered; one
 * that is in the log already counts, unless `since` leaves it out. 404 after `timeoutMs` (default 5,000) without any.
 */
export async function waitForRequest(request: KakaoRequest, world: World): Promise<Reply> {
  const fits = readFilter(request.query, { timeoutMs });
  if (isProblem(fits)) return fits;
  const milliseconds = Number(request.query.get('timeoutMs') ?? USUAL_WAIT_MS);
  const found = loggedRequests(world.requests).find(fits) ?? (await nextThat(fits, milliseconds, world));
  if (found === 'refused') return problem(503, 'a hundred others are waiting or watching');
  if (!found) return problem(404, `no such request within ${milliseconds} ms`);
  return jsonReply(shownRequest(found, world.publicUrl, wantsSecrets(request)));
}

function nextThat(
  fits: RequestFilter,
  milliseconds: number,
  world: World,
): Promise<LoggedRequest | undefined | 'refused'> {
  return new Promise((resolve) => {
    const end = (result: LoggedRequest | undefined) => {
      stop?.();
      clearTimeout(timer);
      resolve(result);
    };
    // A waiting client does not keep an emulator alive that is closing.
    const timer = setTimeout(() => end(undefined), milliseconds).unref();
    const stop = watchRequests(world.requests, (entry) => entry && fits(entry) && end(entry));
    if (stop) return;
    clearTimeout(timer);
    resolve('refused');
  });
}
