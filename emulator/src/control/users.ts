import { changeAccount, deleteAccount } from '../account/change-account.ts';
import { unlinkApp } from '../account/linking.ts';
import { findLink } from '../world/links.ts';
import { completeAddresses, freeUserId, MOST_USERS, makeUser, type User } from '../world/users.ts';
import { unlinkReasons } from '../world/webhook-events.ts';
import type { World } from '../world/world.ts';
import { namedClient } from './named.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { Problem } from './problem.ts';
import { list, object, oneOf, partial, type TypeOf, text } from './schema.ts';
import { type NewUser, newUser, type UserChanges, user, userSettings } from './user-shape.ts';

/** From which app a user is unlinked, and why. */
export const unlinkOrder = partial({ clientId: text, reason: oneOf(...unlinkReasons) });

/** Kakao Accounts. */
export const userRoutes: ControlRoutes = {
  users: {
    GET: operation({
      summary: 'All Kakao Accounts',
      answer: object({ users: list(user) }),
      handle: ({ world }) => ({ users: [...world.users.values()] }),
    }),
    POST: operation({
      summary: 'Adds an account',
      body: newUser,
      answer: user,
      status: 201,
      handle: ({ world, body }) => addUser(world, body()),
    }),
  },
  'users/:userId': {
    PATCH: operation({
      summary: 'Changes an account',
      body: userSettings,
      answer: user,
      handle: ({ world, id, body }) => {
        const changed = userInPath(id, world);
        changeAccount(world, changed, completed(body(), changed));
        return changed;
      },
    }),
    DELETE: operation({
      summary: 'Deletes an account; its links and tokens die',
      query: { reason: 'ACCOUNT_DELETE (default) or FORCED_ACCOUNT_DELETE' },
      handle: ({ world, id, request }) => {
        const deleted = userInPath(id, world);
        const reason = request.query.get('reason') ?? 'ACCOUNT_DELETE';
        if (reason !== 'ACCOUNT_DELETE' && reason !== 'FORCED_ACCOUNT_DELETE')
          throw new Problem(400, 'reason must be ACCOUNT_DELETE or FORCED_ACCOUNT_DELETE', 'reason');
        deleteAccount(world, deleted, reason);
      },
    }),
  },
  'users/:userId/unlink': {
    POST: operation({
      summary: 'Cuts the link to an app; its webhooks are told',
      body: unlinkOrder,
      handle: ({ world, id, body }) => unlinkUser(world, id, body()),
    }),
  },
};

function addUser(world: World, { id = freeUserId(world.users), ...differences }: NewUser): User {
  if (world.users.size >= MOST_USERS) throw new Problem(400, `there are ${MOST_USERS} users; delete some`);
  if (world.users.has(id)) throw new Problem(400, `there is a user ${id} already`, 'id');
  const added = makeUser(id, completed(differences));
  world.users.set(id, added);
  return added;
}

function unlinkUser(world: World, id: string, order: TypeOf<typeof unlinkOrder>): void {
  const client = namedClient(order.clientId, world);
  const linked = world.users.get(id);
  const link = linked && findLink(world.links, client.app, linked);
  if (!link) throw new Problem(404, `user ${id} is not linked to ${client.app.name.en}`);
  unlinkApp(world, link, { reason: order.reason ?? 'UNLINK_FROM_APPS' });
}

function userInPath(id: string, world: World): User {
  const found = world.users.get(id);
  if (!found) throw new Problem(404, `no user ${id}`);
  return found;
}

/** The changes, with defaults for what addresses and descriptions leave out. */
function completed(
  { shippingAddresses, description, ...rest }: UserChanges,
  { description: { ko, en } }: Pick<User, 'description'> = makeUser('1', {}),
): Partial<User> {
  return {
    ...rest,
    ...(shippingAddresses && { shippingAddresses: completeAddresses(shippingAddresses) }),
    ...(description && { description: { ko, en, ...description } }),
  };
}
