import { toJson } from '../server/json.ts';
import { emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { type AdminKey, makeAdminKey } from '../world/admin-keys.ts';
import type { App } from '../world/apps.ts';
import type { World } from '../world/world.ts';
import { appKey, ips } from './app-shape.ts';
import { isProblem, listOf, oneOf, orNull, readBody, type Shape } from './body-shape.ts';
import { kakaoPath } from './kakao-path.ts';
import { appInPath } from './named-app.ts';
import { takenKeyProblem } from './platform-keys.ts';
import { problem } from './problem.ts';

const MOST_ADMIN_KEYS = 5;

/** What can be said about an admin key. */
export const adminKeySettings: Shape = {
  primary: oneOf(true),
  allowedApis: orNull(listOf(kakaoPath)),
  allowedIps: ips,
};

/** What a new admin key may be told. */
export const newAdminKey: Shape = { key: appKey, ...adminKeySettings };

/** `POST /apps/:id/admin-keys`: one more admin key; with `"primary": true` the others cease to be. 201. */
export function addAdminKey(request: KakaoRequest, world: World, id: string): Reply {
  const found = appInPath(id, world);
  if (isProblem(found)) return found;
  const order = readBody<Partial<AdminKey>>(request.body, newAdminKey);
  if (isProblem(order)) return order;
  const taken = takenKeyProblem(order.key, 'key', world);
  if (taken) return taken;
  const { app } = found;
  if (app.adminKeys.length >= MOST_ADMIN_KEYS)
    return problem(400, `the app has ${MOST_ADMIN_KEYS} admin keys already`);
  const { key, ...changes } = order;
  const added = makeAdminKey(key);
  app.adminKeys.push(added);
  return jsonReply(toJson(change(app, added, changes)), 201);
}

/** `PATCH /apps/:id/admin-keys/:key`: makes it primary, or changes what it may do. */
export function patchAdminKey(request: KakaoRequest, world: World, id: string, subId: string): Reply {
  const found = adminKeyInPath(id, subId, world);
  if (isProblem(found)) return found;
  const changes = readBody<Partial<AdminKey>>(request.body, adminKeySettings);
  if (isProblem(changes)) return changes;
  return jsonReply(toJson(change(found.app, found.adminKey, changes)));
}

/** `DELETE /apps/:id/admin-keys/:key`, but not the primary one. 204. */
export function deleteAdminKey(_request: KakaoRequest, world: World, id: string, subId: string): Reply {
  const found = adminKeyInPath(id, subId, world);
  if (isProblem(found)) return found;
  if (found.adminKey.primary) return problem(400, 'make another admin key primary first', 'primary');
  found.app.adminKeys.splice(found.app.adminKeys.indexOf(found.adminKey), 1);
  return emptyReply(204);
}

function change(app: App, adminKey: AdminKey, changes: Partial<AdminKey>): AdminKey {
  if (changes.primary) for (const other of app.adminKeys) other.primary = false;
  return Object.assign(adminKey, changes);
}

function adminKeyInPath(id: string, subId: string, world: World) {
  const found = appInPath(id, world);
  if (isProblem(found)) return found;
  const adminKey = found.app.adminKeys.find((it) => it.key === subId);
  return adminKey
    ? { app: found.app, adminKey }
    : problem(404, `app ${found.app.appId} has no such admin key`);
}
