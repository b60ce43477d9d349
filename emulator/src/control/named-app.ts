import type { Reply } from '../server/reply.ts';
import type { App } from '../world/apps.ts';
import { type Client, findClient } from '../world/clients.ts';
import { defaultClientId } from '../world/default-apps.ts';
import type { PlatformKey } from '../world/platform-keys.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { problem } from './problem.ts';

/** The client of a `clientId` member, the first app's when it is absent, or the problem. */
export function namedClient(clientId: string | undefined, world: World): Client | Reply {
  const id = clientId ?? defaultClientId;
  return findClient(world.apps, id) ?? problem(400, `no app has the platform key ${id}`, 'clientId');
}

/** The user of a `userId` member, or the problem. */
export function namedUser(userId: string, world: World): User | Reply {
  return world.users.get(userId) ?? problem(400, `no user ${userId}`, 'userId');
}

/** The app of a path segment, which is an app id or one of its platform keys; with an app id, its first REST API key. */
export function appInPath(
  id: string,
  world: World,
): { readonly app: App; readonly key: PlatformKey | undefined } | Reply {
  const app = world.apps.find((it) => String(it.appId) === id);
  if (app) return { app, key: app.platformKeys.find((it) => it.type === 'rest') };
  return findClient(world.apps, id) ?? problem(404, `no app has the id or platform key ${id}`);
}
