import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { findLinkById, isPreregistered } from '../world/links.ts';
import type { World } from '../world/world.ts';
import { identifyAdminApp, parameter } from './caller.ts';
import { kapiError } from './error.ts';
import { readPropertyKeys, selectProperties } from './property-keys.ts';
import { userJson } from './user-me.ts';

const MOST = 100;
const MOST_WITH_KEYS = 20;

/**
 * `GET /v2/app/users`: several users at once, by admin key only: `target_ids` (at most 100, with `property_keys` 20) and
 * `target_id_type=user_id`. Who is not linked is left out. The setting `appUsersAnswer` decides on Kakao's two shapes.
 */
export function appUsers(request: KakaoRequest, world: World): Reply {
  const app = identifyAdminApp(request, world);
  if ('status' in app) return app;
  const sent = parameter(request, 'property_keys');
  const keys = sent === null ? null : readPropertyKeys(sent, app);
  if (keys && 'status' in keys) return keys;
  const ids = readIds(request, keys ? MOST_WITH_KEYS : MOST);
  if ('status' in ids) return ids;
  const links = [...new Set(ids)].flatMap((id) => findLinkById(world.links, app, id) ?? []);
  const users = links
    .filter((link) => !isPreregistered(link))
    .map((link) => selectProperties(userJson(link, false, world), keys ?? usualKeys));
  return jsonReply(world.settings.appUsersAnswer === 'array' ? users : { elements: users });
}

const usualKeys = ['connected_at', 'synched_at'];

/** Ids beyond 2^53 must stay exact, so that the list is not read as JSON numbers. */
function readIds(request: KakaoRequest, most: number): string[] | Reply {
  if (parameter(request, 'target_id_type') !== 'user_id')
    return kapiError(-2, 'target_id_type must be user_id');
  const list = parameter(request, 'target_ids') ?? '';
  if (!/^\[\s*(\d{1,19}\s*(,\s*\d{1,19}\s*)*)?\]$/.test(list))
    return kapiError(-2, 'target_ids must be a JSON array of numbers');
  const ids = list.match(/\d+/g) ?? [];
  return ids.length <= most ? ids : kapiError(-2, `target_ids must be at most ${most}`);
}
