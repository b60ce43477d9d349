import { keyTypes, makeAdminKey, makePlatformKey, type PlatformKey } from '../world/app-keys.ts';
import { type App, type AppView, makeApp, viewApp } from '../world/apps.ts';
import { disconnectApp, findLink, isPreregistered, type Link, serviceUserId } from '../world/links.ts';
import type { World } from '../world/world.ts';
import { refuseSettings, refuseTakenKey } from './app-keys.ts';
import { type AppChanges, app, appChanges, keySettings, newApp } from './app-shape.ts';
import { appInPath } from './named.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { Problem } from './problem.ts';
import { answered, component, flag, list, object, orNull, type TypeOf, text, texts } from './schema.ts';

const MOST_APPS = 100;

const dateTime = answered<string>({ type: 'string', format: 'date-time' });
const link = object({
  connectedAt: dateTime,
  isPreregistered: flag,
  scopes: texts,
  terms: texts,
  properties: answered<Readonly<Record<string, string>>>({
    type: 'object',
    additionalProperties: { type: 'string' },
  }),
});

/** By which id an app knows somebody, and what links them. */
export const appUser = component(
  'AppUser',
  object({
    id: text,
    serviceUserId: text,
    link: orNull(link),
  }),
);

/** Apps of the developer console. */
export const appRoutes: ControlRoutes = {
  apps: {
    GET: operation({
      summary: 'All apps',
      answer: object({ apps: list(app) }),
      handle: ({ world }) => ({ apps: world.apps.map(viewApp) }),
    }),
    POST: operation({
      summary: 'Adds an app with a key of each type',
      body: newApp,
      answer: app,
      status: 201,
      handle: ({ world, body }) => addApp(world, body()),
    }),
  },
  'apps/:app': {
    GET: operation({
      summary: 'One app, by app id or platform key',
      answer: app,
      handle: ({ world, id }) => viewApp(appInPath(id, world).app),
    }),
    PATCH: operation({
      summary: 'Changes an app and the key it is named by',
      body: appChanges,
      answer: app,
      handle: ({ world, id, body }) => patchApp(world, id, body),
    }),
    DELETE: operation({
      summary: 'Deletes an app; its links and tokens die',
      handle: ({ world, id }) => {
        const deleted = appInPath(id, world).app;
        disconnectApp(world.links, deleted);
        world.apps.splice(world.apps.indexOf(deleted), 1);
      },
    }),
  },
  'apps/:app/users': {
    GET: operation({
      summary: 'The ids that the app knows people by',
      answer: object({ users: list(appUser) }),
      handle: ({ world, id }) => ({ users: usersOf(appInPath(id, world).app, world) }),
    }),
  },
};

/** An app with one platform key of each type and an admin key, as the console makes it. */
function addApp(world: World, order: TypeOf<typeof newApp>): AppView {
  if (world.apps.length >= MOST_APPS) throw new Problem(400, `there are ${MOST_APPS} apps; delete some`);
  const { appId = freeAppId(world), clientId, adminKey, ownUserIds = true, ...settings } = order;
  if (world.apps.some((it) => it.appId === appId))
    throw new Problem(400, `there is an app ${appId} already`, 'appId');
  refuseTakenKey(clientId, 'clientId', world);
  refuseTakenKey(adminKey, 'adminKey', world);
  refuseTooManyUris(settings, world);
  const added = makeApp(appId, {
    ownUserIds,
    platformKeys: keyTypes.map((type) => makePlatformKey(type, type === 'rest' ? clientId : undefined)),
    adminKeys: [makeAdminKey(adminKey, { primary: true })],
  });
  change(added, added.platformKeys[0], settings);
  world.apps.push(added);
  return viewApp(added);
}

/** Named consent items and webhook settings are merged, lists are replaced. */
function patchApp(world: World, id: string, body: () => AppChanges): AppView {
  const found = appInPath(id, world);
  const changes = body();
  refuseSettings(found.key, changes);
  refuseTooManyUris(changes, world);
  change(found.app, found.key, changes);
  return viewApp(found.app);
}

function change(changed: App, key: PlatformKey | undefined, changes: AppChanges): void {
  const entries = Object.entries(changes);
  const ofKey = entries.filter(([name]) => name in keySettings);
  const ofApp = entries.filter(([name]) => !(name in keySettings));
  if (key) Object.assign(key, Object.fromEntries(ofKey));
  Object.assign(changed, Object.fromEntries(ofApp), {
    consentItems: { ...changed.consentItems, ...changes.consentItems },
    webhooks: { ...changed.webhooks, ...changes.webhooks },
  });
}

function refuseTooManyUris({ logoutRedirectUris = [] }: AppChanges, world: World): void {
  const most = world.settings.mostLogoutRedirectUris;
  if (logoutRedirectUris.length > most)
    throw new Problem(400, `logoutRedirectUris may have ${most} entries`, 'logoutRedirectUris');
}

function freeAppId(world: World): number {
  return Math.max(1_000_000, ...world.apps.map(({ appId }) => appId)) + 1;
}

function usersOf(of: App, world: World): TypeOf<typeof appUser>[] {
  return [...world.users.values()].map((user) => {
    const found = findLink(world.links, of, user);
    return { id: user.id, serviceUserId: serviceUserId(of, user), link: found ? shownLink(found) : null };
  });
}

function shownLink(it: Link): TypeOf<typeof link> {
  return {
    connectedAt: new Date(it.connectedAt).toISOString(),
    isPreregistered: isPreregistered(it),
    scopes: [...it.agreed],
    terms: [...it.terms.keys()],
    properties: Object.fromEntries(it.properties),
  };
}
