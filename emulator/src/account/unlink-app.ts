import { announce } from '../webhooks/announce.ts';
import { disconnect, type Link } from '../world/links.ts';
import type { UnlinkReason } from '../world/unlink-reasons.ts';
import type { World } from '../world/world.ts';

/** Cuts the connection between a person and an app: consents and tokens are gone at once, then the app is told. */
export function unlinkApp(world: World, link: Link, reason: UnlinkReason): void {
  disconnect(world.links, link);
  announce(world, { name: 'user-unlinked', app: link.app, userId: link.userId, reason });
}
