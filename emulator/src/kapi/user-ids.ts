import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { mayListIds } from '../world/api-calls.ts';
import type { App } from '../world/apps.ts';
import { isPreregistered, linksOfApp } from '../world/links.ts';
import { now, type World } from '../world/world.ts';
import { authorization, identifyAdminApp, parameter } from './caller.ts';
import { kapiError } from './error.ts';

const MOST_A_PAGE = 100;

interface Page {
  readonly limit: number;
  readonly order: 'asc' | 'desc';
  /** Where the page begins; this id itself is not on it. */
  readonly fromId: bigint | null;
}

/**
 * `GET /v1/user/ids`: the ids of all linked users, by admin key only: `limit` 1 to 100, `from_id`, `order=asc|desc`, and
 * the addresses of the pages before and after. The 101st call of an app in a minute is -10 with HTTP 429.
 */
export function userIds(request: KakaoRequest, world: World): Reply {
  const app = identifyAdminApp(request, world);
  if ('status' in app) return app;
  if (!mayListIds(world.apiCalls, app, world.settings.userIdsPerMinute, now(world)))
    return { ...kapiError(-10), status: 429 };
  const page = readPage(request);
  if ('status' in page) return page;
  const ids = sorted(idsOf(app, world), page.order);
  const start = page.fromId === null ? 0 : ids.filter((id) => !isAfter(id, page)).length;
  const elements = ids.slice(start, start + page.limit);
  const isLast = start + page.limit >= ids.length;
  const back = page.order === 'asc' ? 'desc' : 'asc';
  const url = (order: string, fromId: bigint | undefined) =>
    fromId === undefined ? null : pageUrl({ limit: page.limit, order, fromId }, request, world);
  return jsonReply({
    elements,
    ...(app.legacyFields ? { total_count: ids.length } : {}),
    before_url: start > 0 ? url(back, elements[0]) : null,
    after_url: isLast ? null : url(page.order, elements.at(-1)),
  });
}

/** The address of a page, with the key of the caller in it, as at Kakao: nothing for a log. */
function pageUrl(
  { limit, order, fromId }: { limit: number; order: string; fromId: bigint },
  request: KakaoRequest,
  { apiUrl }: World,
): string {
  const [, key] = authorization(request);
  return `${apiUrl}/v1/user/ids?limit=${limit}&order=${order}&from_id=${fromId}&app_key=${key}`;
}

function readPage(request: KakaoRequest): Page | Reply {
  const limit = parameter(request, 'limit') ?? String(MOST_A_PAGE);
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > MOST_A_PAGE)
    return kapiError(-2, `limit must be from 1 to ${MOST_A_PAGE}`);
  const order = parameter(request, 'order') ?? 'asc';
  if (order !== 'asc' && order !== 'desc') return kapiError(-2, 'order must be asc or desc');
  const fromId = parameter(request, 'from_id');
  if (fromId !== null && !/^\d{1,19}$/.test(fromId)) return kapiError(-2, 'from_id must be a number');
  return { limit: Number(limit), order, fromId: fromId === null ? null : BigInt(fromId) };
}

function idsOf(app: App, world: World): bigint[] {
  const linked = linksOfApp(world.links, app).filter((link) => !isPreregistered(link));
  return linked.map(({ userId }) => BigInt(userId));
}

function sorted(ids: bigint[], order: 'asc' | 'desc'): bigint[] {
  return ids.sort((a, b) => (a < b === (order === 'asc') ? -1 : 1));
}

function isAfter(id: bigint, { fromId, order }: Page): boolean {
  return fromId === null || (order === 'asc' ? id > fromId : id < fromId);
}
