import type { JsonObject } from '../json.ts';
import { type FireOrder, fire } from '../webhooks/fire.ts';
import { type EventFlaw, eventFlaws } from '../webhooks/security-event.ts';
import { type UnlinkFlaw, unlinkFlaws } from '../webhooks/unlink-notice.ts';
import type { App } from '../world/apps.ts';
import { serviceUserId } from '../world/links.ts';
import { findEventType, referrerTypes, unlinkReasons } from '../world/webhook-events.ts';
import type { WebhookKind } from '../world/webhook-log.ts';
import type { World } from '../world/world.ts';
import { webhookUrl } from './app-shape.ts';
import { headers, userId, YEAR_SECONDS } from './fields.ts';
import { namedClient } from './named.ts';
import { type ControlCall, readBody } from './operation.ts';
import { Problem } from './problem.ts';
import { anyObject, flag, oneOf, partial, type Schema, schema, type TypeOf, text, whole } from './schema.ts';

/** The most copies of one message that can be sent at once. */
export const MOST_COPIES = 100;

const eventName = schema<string>(
  'be the name of an event of Kakao, such as "user-unlinked", or a URI',
  (value) => typeof value === 'string' && (findEventType(value) !== undefined || URL.canParse(value)),
  { type: 'string' },
);
const offset = whole(-10 * YEAR_SECONDS, 10 * YEAR_SECONDS);

const ofBothKinds = {
  kind: oneOf('unlink', 'account-state'),
  userId,
  clientId: text,
  url: webhookUrl,
  times: whole(1, MOST_COPIES),
  hold: flag,
  wait: flag,
  body: text,
  headers,
};
const unlinkOrder = partial(
  {
    ...ofBothKinds,
    reason: oneOf(...referrerTypes),
    method: oneOf('GET', 'POST'),
    flaw: oneOf(...unlinkFlaws),
  },
  'userId',
);
const eventOrder = partial(
  {
    ...ofBothKinds,
    event: eventName,
    reason: oneOf(...unlinkReasons),
    flaw: oneOf(...eventFlaws),
    claims: anyObject,
    toeOffsetSeconds: offset,
    iatOffsetSeconds: offset,
  },
  'userId',
);

/** The body that fires a webhook; which reasons and flaws fit depends on its `kind`. */
export const webhookOrder = partial(
  {
    ...unlinkOrder.members,
    ...eventOrder.members,
    reason: text,
    flaw: text as Schema<EventFlaw | UnlinkFlaw>,
  },
  'userId',
);
type WebhookOrder = TypeOf<typeof webhookOrder>;

/** Sends the webhook that the body describes: by default the event `user-unlinked`, once. `wait`: answer after it was sent. */
export function fireWebhook({ request, world }: ControlCall) {
  const { kind = 'account-state' } = readBody(request.body, webhookOrder);
  const order: WebhookOrder =
    kind === 'unlink' ? readBody(request.body, unlinkOrder) : readBody(request.body, eventOrder);
  return { attempts: fire(world, fireOrder(order, kind, world)), wait: order.wait };
}

function fireOrder(order: WebhookOrder, kind: WebhookKind, world: World): FireOrder {
  const { app } = namedClient(order.clientId, world);
  const url = order.url ?? urlOf(app, kind);
  if (url === null) throw new Problem(400, `the app has no ${kind} webhook; name a url`, 'url');
  const user = world.users.get(order.userId);
  const { event = 'user-unlinked', times = 1, hold = false, reason = usualReason(kind, event) } = order;
  return {
    ...order,
    kind,
    app,
    url,
    event,
    reason,
    times,
    hold,
    userId: user ? serviceUserId(app, user) : order.userId,
    claims: order.claims as JsonObject | undefined,
  };
}

function urlOf({ webhooks }: App, kind: WebhookKind): string | null {
  return kind === 'unlink' ? webhooks.unlinkUrl : webhooks.accountStateUrl;
}

function usualReason(kind: WebhookKind, event: string): string | null {
  const isUnlink = kind === 'unlink' || findEventType(event)?.name === 'user-unlinked';
  return isUnlink ? 'UNLINK_FROM_APPS' : null;
}
