import type { App } from '../world/apps.ts';
import { type EventName, findEventType, isReferrerType, type UnlinkReason } from '../world/webhook-events.ts';
import type { Delivery } from '../world/webhook-log.ts';
import { now, type World } from '../world/world.ts';
import { deliver, enqueue, holdBack } from './deliver.ts';
import { makeSecurityEvent } from './security-event.ts';
import { makeUnlinkNotice } from './unlink-notice.ts';

/** Something that happened between a user and an app, as Kakao sees it. */
export interface DomainEvent {
  readonly name: EventName;
  readonly app: App;
  /** By which the app knows the person. */
  readonly userId: string;
  /** Of `user-unlinked` only. */
  readonly reason?: UnlinkReason;
}

/**
 * Sends an event to the app by each webhook whose URL is set, in the background and in order. The unlink
 * webhook is not sent for the app's own unlink.
 */
export function announce(world: World, event: DomainEvent): void {
  const { app, userId, name, reason } = event;
  const { unlinkUrl, unlinkMethod: method, accountStateUrl, categories } = app.webhooks;
  if (unlinkUrl !== null && reason !== undefined && isReferrerType(reason))
    post(world, app, async () => makeUnlinkNotice({ app, userId, reason, url: unlinkUrl, method }));
  const type = accountStateUrl === null ? undefined : findEventType(name);
  if (accountStateUrl === null || !type || !categories.includes(type.category)) return;
  const at = Math.floor(now(world) / 1000);
  const times = { issuedAt: at, happenedAt: at };
  const order = { app, userId, event: name, uri: type.uri, reason: reason ?? null, url: accountStateUrl };
  post(world, app, () => makeSecurityEvent({ ...order, ...times }, world));
}

function post(world: World, app: App, make: () => Promise<Delivery>): void {
  const { webhooks } = world;
  void enqueue(webhooks, app.appId, async () => {
    const delivery = await make();
    if (app.webhooks.hold) holdBack(delivery, { world, webhooks });
    else await deliver(delivery, { world, webhooks });
  });
}
