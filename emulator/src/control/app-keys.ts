import {
  type AdminKey,
  findAdminKey,
  MOST_KEYS_PER_TYPE,
  makeAdminKey,
  makePlatformKey,
  type PlatformKey,
} from '../world/app-keys.ts';
import type { App } from '../world/apps.ts';
import { findClient } from '../world/apps.ts';
import type { World } from '../world/world.ts';
import {
  type AppChanges,
  adminKey,
  adminKeySettings,
  keySettings,
  platformKey,
  platformKeyMembers,
} from './app-shape.ts';
import { appKey } from './fields.ts';
import { appInPath } from './named.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { Problem } from './problem.ts';
import { partial, type TypeOf } from './schema.ts';

const MOST_ADMIN_KEYS = 5;

const newPlatformKey = partial(platformKeyMembers, 'type');
const adminKeyChanges = partial(adminKeySettings);
const newAdminKey = partial({ key: appKey, ...adminKeySettings });

/** Platform keys and admin keys of apps. */
export const appKeyRoutes: ControlRoutes = {
  'apps/:app/keys': {
    POST: operation({
      summary: 'Adds a platform key',
      body: newPlatformKey,
      answer: platformKey,
      status: 201,
      handle: ({ world, id, body }) => addPlatformKey(world, appInPath(id, world).app, body()),
    }),
  },
  'apps/:app/keys/:key': {
    PATCH: operation({
      summary: 'Changes a platform key',
      body: partial(keySettings),
      answer: platformKey,
      handle: ({ world, id, subId, body }) => {
        const key = platformKeyOf(appInPath(id, world).app, subId);
        const changes = body();
        refuseSettings(key, changes);
        return Object.assign(key, changes);
      },
    }),
    DELETE: operation({
      summary: 'Deletes a platform key; its tokens die',
      handle: ({ world, id, subId }) => {
        const { app } = appInPath(id, world);
        app.platformKeys.splice(app.platformKeys.indexOf(platformKeyOf(app, subId)), 1);
      },
    }),
  },
  'apps/:app/admin-keys': {
    POST: operation({
      summary: 'Adds an admin key',
      body: newAdminKey,
      answer: adminKey,
      status: 201,
      handle: ({ world, id, body }) => addAdminKey(world, appInPath(id, world).app, body()),
    }),
  },
  'apps/:app/admin-keys/:key': {
    PATCH: operation({
      summary: 'Changes an admin key',
      body: adminKeyChanges,
      answer: adminKey,
      handle: ({ world, id, subId, body }) => {
        const { app } = appInPath(id, world);
        return changeAdminKey(app, adminKeyOf(app, subId), body());
      },
    }),
    DELETE: operation({
      summary: 'Deletes an admin key that is not the primary one',
      handle: ({ world, id, subId }) => {
        const { app } = appInPath(id, world);
        const key = adminKeyOf(app, subId);
        if (key.primary) throw new Problem(400, 'make another admin key primary first', 'primary');
        app.adminKeys.splice(app.adminKeys.indexOf(key), 1);
      },
    }),
  },
};

function addPlatformKey(world: World, app: App, order: TypeOf<typeof newPlatformKey>): PlatformKey {
  const { type, key, ...settings } = order;
  refuseTakenKey(key, 'key', world);
  if (app.platformKeys.filter((it) => it.type === type).length >= MOST_KEYS_PER_TYPE)
    throw new Problem(400, `the app has ${MOST_KEYS_PER_TYPE} ${type} keys already`, 'type');
  const added = makePlatformKey(type, key);
  refuseSettings(added, settings);
  app.platformKeys.push(Object.assign(added, settings));
  return added;
}

function addAdminKey(world: World, app: App, order: TypeOf<typeof newAdminKey>): AdminKey {
  const { key, ...changes } = order;
  refuseTakenKey(key, 'key', world);
  if (app.adminKeys.length >= MOST_ADMIN_KEYS)
    throw new Problem(400, `the app has ${MOST_ADMIN_KEYS} admin keys already`);
  const added = makeAdminKey(key);
  app.adminKeys.push(added);
  return changeAdminKey(app, added, changes);
}

/** Exactly one admin key is primary: making one primary ends that of the others. */
function changeAdminKey(app: App, key: AdminKey, changes: TypeOf<typeof adminKeyChanges>): AdminKey {
  if (changes.primary) for (const other of app.adminKeys) other.primary = false;
  return Object.assign(key, changes);
}

function platformKeyOf(app: App, key: string): PlatformKey {
  const found = app.platformKeys.find((it) => it.key === key);
  if (!found) throw new Problem(404, `app ${app.appId} has no platform key ${key}`);
  return found;
}

function adminKeyOf(app: App, key: string): AdminKey {
  const found = app.adminKeys.find((it) => it.key === key);
  if (!found) throw new Problem(404, `app ${app.appId} has no such admin key`);
  return found;
}

/** Refuses settings that this key cannot have. */
export function refuseSettings(key: PlatformKey | undefined, changes: AppChanges): void {
  const named = Object.keys(changes).filter((name) => name in keySettings);
  if (!key && named[0]) throw new Problem(400, 'the app has no REST API key', named[0]);
  const fixed = named.find((name) => key?.type === 'native' && !['platforms', 'allowedIps'].includes(name));
  if (fixed !== undefined) throw new Problem(400, `${fixed} of a native key cannot be changed`, fixed);
}

/** Refuses a key that some app has already. */
export function refuseTakenKey(key: string | undefined, field: string, { apps }: World): void {
  if (key !== undefined && (findClient(apps, key) ?? findAdminKey(apps, key)))
    throw new Problem(400, `there is a key ${key} already`, field);
}
