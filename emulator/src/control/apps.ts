import { toJson } from '../server/json.ts';
import { emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { makeAdminKey } from '../world/admin-keys.ts';
import { viewApp } from '../world/app-view.ts';
import { type App, makeApp } from '../world/apps.ts';
import { disconnectApp } from '../world/links.ts';
import { type KeySettings, keyTypes, makePlatformKey, type PlatformKey } from '../world/platform-keys.ts';
import type { World } from '../world/world.ts';
import { appKey, appSettings, keySettings } from './app-shape.ts';
import { flag, isProblem, readBody, type Shape, whole } from './body-shape.ts';
import { appInPath } from './named-app.ts';
import { keyProblem, takenKeyProblem } from './platform-keys.ts';
import { problem } from './problem.ts';

const MOST_APPS = 100;

type Settings = Partial<App> & Partial<KeySettings>;

interface NewApp extends Settings {
  readonly clientId?: string;
  readonly adminKey?: string;
  readonly ownUserIds?: boolean;
}

/** What can be said about an app and its principal key. */
export const appChanges: Shape = { ...appSettings, ...keySettings };

/** What a new app may be told. */
export const newApp: Shape = {
  appId: whole(1),
  clientId: appKey,
  adminKey: appKey,
  ownUserIds: flag,
  ...appChanges,
};

/** `GET /apps`: `{"apps": [App]}`. */
export function listApps(_request: KakaoRequest, world: World): Reply {
  return jsonReply({ apps: world.apps.map((app) => toJson(viewApp(app))) });
}

/** `GET /apps/:id`, where the id is an app id or a platform key. */
export function showApp(_request: KakaoRequest, world: World, id: string): Reply {
  const found = appInPath(id, world);
  return isProblem(found) ? found : shown(found.app);
}

/** `POST /apps`: an app with one platform key of each type and an admin key, as the console makes it. 201. */
export function addApp(request: KakaoRequest, world: World): Reply {
  const order = readBody<NewApp>(request.body, newApp);
  if (isProblem(order)) return order;
  if (world.apps.length >= MOST_APPS) return problem(400, `there are ${MOST_APPS} apps; delete some`);
  const { appId = freeAppId(world), clientId, adminKey, ownUserIds = true, ...settings } = order;
  if (world.apps.some((app) => app.appId === appId))
    return problem(400, `there is an app ${appId} already`, 'appId');
  const wrong =
    takenKeyProblem(clientId, 'clientId', world) ??
    takenKeyProblem(adminKey, 'adminKey', world) ??
    logoutProblem(settings, world);
  if (wrong) return wrong;
  const app = makeApp(appId, {
    ownUserIds,
    platformKeys: keyTypes.map((type) => makePlatformKey(type, type === 'rest' ? clientId : undefined)),
    adminKeys: [makeAdminKey(adminKey, { primary: true })],
  });
  change(app, app.platformKeys[0], settings);
  world.apps.push(app);
  return jsonReply(toJson(viewApp(app)), 201);
}

/**
 * `PATCH /apps/:id`: changes settings of the app, and of the platform key that the id is (or its first REST API key).
 * Named consent items and webhook settings are merged, lists are replaced.
 */
export function patchApp(request: KakaoRequest, world: World, id: string): Reply {
  const found = appInPath(id, world);
  if (isProblem(found)) return found;
  const changes = readBody<Settings>(request.body, appChanges);
  if (isProblem(changes)) return changes;
  const wrong = keyProblem(found.key, changes) ?? logoutProblem(changes, world);
  if (wrong) return wrong;
  change(found.app, found.key, changes);
  return shown(found.app);
}

/** `DELETE /apps/:id`: the app is gone with its keys, links and tokens. 204. */
export function deleteApp(_request: KakaoRequest, world: World, id: string): Reply {
  const found = appInPath(id, world);
  if (isProblem(found)) return found;
  disconnectApp(world.links, found.app);
  world.apps.splice(world.apps.indexOf(found.app), 1);
  return emptyReply(204);
}

function shown(app: App): Reply {
  return jsonReply(toJson(viewApp(app)));
}

function change(app: App, key: PlatformKey | undefined, changes: Settings): void {
  const entries = Object.entries(changes);
  const ofKey = entries.filter(([name]) => name in keySettings);
  const ofApp = entries.filter(([name]) => !(name in keySettings));
  if (key) Object.assign(key, Object.fromEntries(ofKey));
  Object.assign(app, Object.fromEntries(ofApp), {
    consentItems: { ...app.consentItems, ...changes.consentItems },
    webhooks: { ...app.webhooks, ...changes.webhooks },
  });
}

function logoutProblem({ logoutRedirectUris = [] }: Settings, world: World): Reply | undefined {
  const most = world.settings.mostLogoutRedirectUris;
  if (logoutRedirectUris.length <= most) return undefined;
  return problem(400, `logoutRedirectUris may have ${most} entries`, 'logoutRedirectUris');
}

function freeAppId(world: World): number {
  return Math.max(1_000_000, ...world.apps.map(({ appId }) => appId)) + 1;
}
