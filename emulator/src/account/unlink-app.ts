import { announce } from '../webhooks/announce.ts';
import { disconnect, type Link } from '../world/links.ts';
import type { UnlinkReason } from '../world/unlink-reasons.ts';
import { now, type World } from '../world/world.ts';

/** Cuts the connection between a person and an app: consents and tokens are gone at once, then the app is told. `request` is the one that did it. */
export function unlinkApp(world: World, link: Link, reason: UnlinkReason, request = 0): void {
  link.ending = { how: `unlink (${reason})`, at: now(world), request };
  disconnect(world.links, link);
  announce(world, { name: 'user-unlinked', app: link.app, userId: link.userId, reason });
}
