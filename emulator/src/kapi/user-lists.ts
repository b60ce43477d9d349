import { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import { authorization, type KakaoRequest } from '../server/request.ts';
import type { App } from '../world/apps.ts';
import { mayListIds } from '../world/limits.ts';
import { findLinkById, isPreregistered, linksOfApp } from '../world/links.ts';
import { now, type World } from '../world/world.ts';
import { identifyAdminApp } from './caller.ts';
import { parameter } from './parameters.ts';
import { readPropertyKeys, selectProperties } from './property-keys.ts';
import { userJson } from './user-me.ts';

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
  if (!mayListIds(world.apiCalls, app, world.settings.userIdsPerMinute, now(world)))
    throw new Refusal(-10, { status: 429 });
  const page = readPage(request);
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

/** The address of a page. As at Kakao it contains the caller's admin key, so it must not be logged. */
function pageUrl(
  { limit, order, fromId }: { limit: number; order: string; fromId: bigint },
  request: KakaoRequest,
  { apiUrl }: World,
): string {
  const [, key] = authorization(request);
  return `${apiUrl}/v1/user/ids?limit=${limit}&order=${order}&from_id=${fromId}&app_key=${key}`;
}

function readPage(request: KakaoRequest): Page {
  const limit = parameter(request, 'limit') ?? String(MOST_A_PAGE);
  if (!/^\d{1,3}$/.test(limit) || Number(limit) < 1 || Number(limit) > MOST_A_PAGE)
    throw new Refusal(-2, { text: `limit must be from 1 to ${MOST_A_PAGE}` });
  const order = parameter(request, 'order') ?? 'asc';
  if (order !== 'asc' && order !== 'desc') throw new Refusal(-2, { text: 'order must be asc or desc' });
  const fromId = parameter(request, 'from_id');
  if (fromId !== null && !/^\d{1,19}$/.test(fromId))
    throw new Refusal(-2, { text: 'from_id must be a number' });
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

const MOST = 100;
const MOST_WITH_KEYS = 20;

/**
 * `GET /v2/app/users`: several users at once, by admin key only: `target_ids` (at most 100, with `property_keys` 20) and
 * `target_id_type=user_id`. Users who are not linked are left out. The setting `appUsersAnswer` picks one of Kakao's two shapes.
 */
export function appUsers(request: KakaoRequest, world: World): Reply {
  const app = identifyAdminApp(request, world);
  const sent = parameter(request, 'property_keys');
  const keys = sent === null ? null : readPropertyKeys(sent, app);
  const ids = readIds(request, keys ? MOST_WITH_KEYS : MOST);
  const links = [...new Set(ids)].flatMap((id) => findLinkById(world.links, app, id) ?? []);
  const users = links
    .filter((link) => !isPreregistered(link))
    .map((link) => selectProperties(userJson(link, false, world), keys ?? usualKeys));
  return jsonReply(world.settings.appUsersAnswer === 'array' ? users : { elements: users });
}

const usualKeys = ['connected_at', 'synched_at'];

/** Not parsed as JSON numbers, because ids beyond 2^53 must stay exact. */
function readIds(request: KakaoRequest, most: number): string[] {
  if (parameter(request, 'target_id_type') !== 'user_id')
    throw new Refusal(-2, { text: 'target_id_type must be user_id' });
  const list = parameter(request, 'target_ids') ?? '';
  if (!/^\[\s*(\d{1,19}\s*(,\s*\d{1,19}\s*)*)?\]$/.test(list))
    throw new Refusal(-2, { text: 'target_ids must be a JSON array of numbers' });
  const ids = list.match(/\d+/g) ?? [];
  if (ids.length > most) throw new Refusal(-2, { text: `target_ids must be at most ${most}` });
  return ids;
}
