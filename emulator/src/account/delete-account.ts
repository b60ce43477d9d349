import { announce } from '../webhooks/announce.ts';
import { linksOf } from '../world/links.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { unlinkApp } from './unlink-app.ts';

/** Deletes a Kakao Account, by its owner or by Kakao: unlinked from every app, then purged, and each app is told. */
export function deleteAccount(
  world: World,
  user: User,
  reason: 'ACCOUNT_DELETE' | 'FORCED_ACCOUNT_DELETE',
): void {
  const links = linksOf(world.links, user);
  world.users.delete(user.id);
  for (const link of links) {
    unlinkApp(world, link, reason);
    announce(world, { name: 'account-purged', app: link.app, userId: link.userId });
  }
}
