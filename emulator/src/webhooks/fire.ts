import type { JsonObject } from '../json.ts';
import type { App } from '../world/apps.ts';
import { findEventType } from '../world/webhook-events.ts';
import type { Attempt, Delivery, WebhookKind } from '../world/webhook-log.ts';
import { now, type World } from '../world/world.ts';
import { deliver, enqueue, holdBack } from './deliver.ts';
import { type EventFlaw, eventFlaws, makeSecurityEvent } from './security-event.ts';
import { makeUnlinkNotice, type UnlinkFlaw, unlinkFlaws } from './unlink-notice.ts';

/** A webhook to send without an event behind it. */
export interface FireOrder {
  readonly kind: WebhookKind;
  readonly app: App;
  /** Need not exist. */
  readonly userId: string;
  readonly url: string;
  /** An event's name, or any URI. */
  readonly event: string;
  readonly reason: string | null;
  /** Copies sent at once. */
  readonly times: number;
  /** Notes it only, to be sent by `resend`. */
  readonly hold: boolean;
  readonly method?: 'GET' | 'POST' | undefined;
  readonly flaw?: EventFlaw | UnlinkFlaw | undefined;
  /** Added to the time of issue and of the event, seconds. */
  readonly iatOffsetSeconds?: number | undefined;
  readonly toeOffsetSeconds?: number | undefined;
  readonly claims?: JsonObject | undefined;
  /** In place of the genuine body. */
  readonly body?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Sends (or holds back) the ordered webhook, behind what is pending for the app; nothing else changes. */
export async function fire(world: World, order: FireOrder): Promise<Attempt[]> {
  const { webhooks } = world;
  const attempts = await enqueue(webhooks, order.app.appId, async () => {
    const delivery = await make(world, order);
    return order.hold
      ? [holdBack(delivery, { world, webhooks })]
      : await deliver(delivery, { world, webhooks }, order.times);
  });
  return attempts ?? [];
}

async function make(world: World, order: FireOrder): Promise<Delivery> {
  const genuine = order.kind === 'unlink' ? unlinkNotice(order) : await securityEvent(world, order);
  return {
    ...genuine,
    body: order.body ?? genuine.body,
    headers: { ...genuine.headers, ...order.headers },
  };
}

function unlinkNotice({ app, userId, url, reason, method, flaw }: FireOrder): Delivery {
  return makeUnlinkNotice({
    app,
    userId,
    url,
    reason: reason ?? 'UNLINK_FROM_APPS',
    method: method ?? app.webhooks.unlinkMethod,
    flaw: unlinkFlaws.find((known) => known === flaw),
  });
}

function securityEvent(world: World, order: FireOrder): Promise<Delivery> {
  const { app, userId, url, reason, claims } = order;
  const at = Math.floor(now(world) / 1000);
  const type = findEventType(order.event);
  const event = {
    event: type?.name ?? order.event,
    uri: type?.uri ?? order.event,
    issuedAt: at + (order.iatOffsetSeconds ?? 0),
    happenedAt: at + (order.toeOffsetSeconds ?? 0),
    flaw: eventFlaws.find((known) => known === order.flaw),
  };
  return makeSecurityEvent({ app, userId, url, reason, claims, ...event }, world);
}

/** Sends deliveries again byte for byte, in the given order, each in `times` copies at once. */
export async function resend(world: World, deliveries: readonly Delivery[], times = 1): Promise<Attempt[]> {
  const { webhooks } = world;
  const attempts: Attempt[] = [];
  for (const delivery of deliveries) {
    const made = await enqueue(webhooks, delivery.appId, () => deliver(delivery, { world, webhooks }, times));
    attempts.push(...(made ?? []));
  }
  return attempts;
}
