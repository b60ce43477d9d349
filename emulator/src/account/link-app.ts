import { announce } from '../webhooks/announce.ts';
import type { App } from '../world/apps.ts';
import { connect, findLink, type Link } from '../world/links.ts';
import type { User } from '../world/users.ts';
import { now, type World } from '../world/world.ts';

/** Connects a person to an app, or finds the connection; a new one is announced. */
export function linkApp(world: World, app: App, user: User): Link {
  const known = findLink(world.links, app, user);
  if (known) return known;
  const link = connect(world.links, app, user, [], now(world));
  announce(world, { name: 'user-linked', app, userId: link.userId });
  return link;
}

/** Agrees to scope ids; what was not agreed to before is announced. */
export function agree(world: World, link: Link, scopes: readonly string[]): void {
  const isNew = scopes.some((scope) => !link.agreed.has(scope));
  for (const scope of scopes) link.agreed.add(scope);
  if (isNew) announce(world, { name: 'user-scope-consent', app: link.app, userId: link.userId });
}

/** Withdraws the consent to scope ids, and announces it if there was one. */
export function withdraw(world: World, link: Link, scopes: readonly string[]): void {
  const wasAgreed = scopes.filter((scope) => link.agreed.delete(scope)).length > 0;
  if (wasAgreed) announce(world, { name: 'user-scope-withdraw', app: link.app, userId: link.userId });
}
