import { announce } from '../webhooks/announce.ts';
import type { EventName } from '../world/event-types.ts';
import { linksOf } from '../world/links.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';

/** Tells every app that a person is connected to what has happened to the account. */
export function announceEverywhere(world: World, user: User, name: EventName): void {
  for (const { app, userId } of linksOf(world.links, user)) announce(world, { name, app, userId });
}
