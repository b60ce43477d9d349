import { toJson } from '../server/json.ts';
import { emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { findAdminKey } from '../world/admin-keys.ts';
import { findClient } from '../world/clients.ts';
import {
  type KeySettings,
  type KeyType,
  keyTypes,
  MOST_KEYS_PER_TYPE,
  makePlatformKey,
  type PlatformKey,
} from '../world/platform-keys.ts';
import type { World } from '../world/world.ts';
import { appKey, keySettings } from './app-shape.ts';
import { isProblem, oneOf, readBody, type Shape } from './body-shape.ts';
import { appInPath } from './named-app.ts';
import { problem } from './problem.ts';

interface Order extends Partial<KeySettings> {
  readonly type: KeyType;
  readonly key?: string;
}

/** What a new platform key may be told. */
export const newPlatformKey: Shape = { type: oneOf(...keyTypes), key: appKey, ...keySettings };

/** `POST /apps/:id/keys`: one more platform key of a `type`, of which an app has at most five. 201. */
export function addPlatformKey(request: KakaoRequest, world: World, id: string): Reply {
  const found = appInPath(id, world);
  if (isProblem(found)) return found;
  const { platformKeys } = found.app;
  const order = readBody<Order>(request.body, newPlatformKey, ['type']);
  if (isProblem(order)) return order;
  const { type, key, ...settings } = order;
  const taken = takenKeyProblem(key, 'key', world);
  if (taken) return taken;
  if (platformKeys.filter((it) => it.type === type).length >= MOST_KEYS_PER_TYPE)
    return problem(400, `the app has ${MOST_KEYS_PER_TYPE} ${type} keys already`, 'type');
  const added = makePlatformKey(type, key);
  const wrong = keyProblem(added, settings);
  if (wrong) return wrong;
  platformKeys.push(Object.assign(added, settings));
  return jsonReply(toJson(added), 201);
}

/** `PATCH /apps/:id/keys/:key`: changes this key only. */
export function patchPlatformKey(request: KakaoRequest, world: World, id: string, subId: string): Reply {
  const key = keyInPath(id, subId, world);
  if (isProblem(key)) return key;
  const changes = readBody<Partial<KeySettings>>(request.body, keySettings);
  if (isProblem(changes)) return changes;
  return keyProblem(key, changes) ?? jsonReply(toJson(Object.assign(key, changes)));
}

/** `DELETE /apps/:id/keys/:key`: the key and its tokens are dead at once. 204. */
export function deletePlatformKey(_request: KakaoRequest, world: World, id: string, subId: string): Reply {
  const key = keyInPath(id, subId, world);
  if (isProblem(key)) return key;
  const keys = findClient(world.apps, subId)?.app.platformKeys ?? [];
  keys.splice(keys.indexOf(key), 1);
  return emptyReply(204);
}

/** What a key of this type cannot have. */
export function keyProblem(key: PlatformKey | undefined, changes: Partial<KeySettings>): Reply | undefined {
  const named = Object.keys(changes).filter((name) => name in keySettings);
  if (!key) return (named[0] && problem(400, 'the app has no REST API key', named[0])) || undefined;
  const fixed = named.find((name) => key.type === 'native' && !['platforms', 'allowedIps'].includes(name));
  return fixed === undefined ? undefined : problem(400, `${fixed} of a native key cannot be changed`, fixed);
}

/** The problem of a key that some app has already. */
export function takenKeyProblem(key: string | undefined, field: string, { apps }: World): Reply | undefined {
  if (key === undefined || !(findClient(apps, key) ?? findAdminKey(apps, key))) return undefined;
  return problem(400, `there is a key ${key} already`, field);
}

function keyInPath(id: string, subId: string, world: World): PlatformKey | Reply {
  const found = appInPath(id, world);
  if (isProblem(found)) return found;
  const key = found.app.platformKeys.find((it) => it.key === subId);
  return key ?? problem(404, `app ${found.app.appId} has no platform key ${subId}`);
}
