import { toJson } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { Settings } from '../world/settings.ts';
import type { World } from '../world/world.ts';
import { flag, isProblem, oneOf, readBody, type Shape, whole } from './body-shape.ts';

const YEAR = 366 * 24 * 60 * 60;

/** The settings and their values. */
export const settingsShape: Shape = {
  tokenRateLimit: flag,
  authorizeErrors: oneOf('page', 'redirect'),
  pictures: oneOf('cdn', 'local'),
  codeLifetimeSeconds: whole(0, YEAR),
  accessTokenLifetimeSeconds: whole(0, YEAR),
  javascriptAccessTokenLifetimeSeconds: whole(0, YEAR),
  nativeAccessTokenLifetimeSeconds: whole(0, YEAR),
  refreshTokenLifetimeSeconds: whole(0, YEAR),
  webhookTimeoutMs: whole(1, 60_000),
  eventAudience: oneOf('rest_key', 'rest_keys', 'app_id'),
  eventTransactionClaim: oneOf('txm', 'txn'),
  eventAppIdClaim: flag,
};

/** `GET /settings`. */
export function showSettings(_request: KakaoRequest, world: World): Reply {
  return jsonReply(toJson(world.settings));
}

/** `PATCH /settings`: changes the named ones, answers all. */
export function patchSettings(request: KakaoRequest, world: World): Reply {
  const changes = readBody<Partial<Settings>>(request.body, settingsShape);
  if (isProblem(changes)) return changes;
  Object.assign(world.settings, changes);
  return jsonReply(toJson(world.settings));
}
