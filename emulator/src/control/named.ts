import type { PlatformKey } from '../world/app-keys.ts';
import type { App } from '../world/apps.ts';
import { type Client, findClient } from '../world/apps.ts';
import { defaultClientId } from '../world/default-apps.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { Problem } from './problem.ts';

/** The client of a `clientId` member, the first app's when it is absent. Throws a `Problem` when there is none. */
export function namedClient(clientId: string | undefined, world: World): Client {
  const id = clientId ?? defaultClientId;
  const client = findClient(world.apps, id);
  if (!client) throw new Problem(400, `no app has the platform key ${id}`, 'clientId');
  return client;
}

/** The user of a `userId` member. Throws a `Problem` when there is none. */
export function namedUser(userId: string, world: World): User {
  const user = world.users.get(userId);
  if (!user) throw new Problem(400, `no user ${userId}`, 'userId');
  return user;
}

/**
 * The app of a path segment, which is an app id or one of its platform keys; with an app id, its first REST API key.
 * Throws a `Problem` when there is none.
 */
export function appInPath(
  id: string,
  world: World,
): { readonly app: App; readonly key: PlatformKey | undefined } {
  const app = world.apps.find((it) => String(it.appId) === id);
  if (app) return { app, key: app.platformKeys.find((it) => it.type === 'rest') };
  const client = findClient(world.apps, id);
  if (!client) throw new Problem(404, `no app has the id or platform key ${id}`);
  return client;
}
