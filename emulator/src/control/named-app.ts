import type { Reply } from '../server/reply.ts';
import { type App, defaultAppIds } from '../world/apps.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { problem } from './problem.ts';

/** The app of a `clientId` member, the first app when it is absent, or the problem. */
export function namedApp(clientId: string | undefined, world: World): App | Reply {
  const id = clientId ?? defaultAppIds.clientId;
  return world.apps.get(id) ?? problem(400, `no app with the REST API key ${id}`, 'clientId');
}

/** The user of a `userId` member, or the problem. */
export function namedUser(userId: string, world: World): User | Reply {
  return world.users.get(userId) ?? problem(400, `no user ${userId}`, 'userId');
}
