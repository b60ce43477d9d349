import type { JsonObject } from '../server/json.ts';
import type { Reply } from '../server/reply.ts';
import type { FireOrder } from '../webhooks/fire.ts';
import { eventFlaws } from '../webhooks/security-event.ts';
import { unlinkFlaws } from '../webhooks/unlink-notice.ts';
import type { App } from '../world/apps.ts';
import { findEventType } from '../world/event-types.ts';
import { serviceUserId } from '../world/service-user-id.ts';
import { referrerTypes, unlinkReasons } from '../world/unlink-reasons.ts';
import type { WebhookKind } from '../world/webhook-log.ts';
import type { World } from '../world/world.ts';
import {
  anyObject,
  flag,
  isProblem,
  oneOf,
  type Rule,
  readBody,
  type Shape,
  text,
  userId,
  whole,
} from './body-shape.ts';
import { headers } from './header-fields.ts';
import { namedClient } from './named-app.ts';
import { problem } from './problem.ts';
import { webhookUrl } from './webhook-shape.ts';

/** So many copies of one message can be sent at once. */
export const MOST_COPIES = 100;
const YEAR_SECONDS = 366 * 24 * 60 * 60;

const eventName: Rule = {
  must: 'be the name of an event of Kakao, such as "user-unlinked", or a URI',
  test: (value) => typeof value === 'string' && (findEventType(value) !== undefined || URL.canParse(value)),
  schema: { type: 'string' },
};
const offset = whole(-10 * YEAR_SECONDS, 10 * YEAR_SECONDS);

const ofBothKinds: Shape = {
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
const shapes: Readonly<Record<WebhookKind, Shape>> = {
  unlink: {
    ...ofBothKinds,
    reason: oneOf(...referrerTypes),
    method: oneOf('GET', 'POST'),
    flaw: oneOf(...unlinkFlaws),
  },
  'account-state': {
    ...ofBothKinds,
    event: eventName,
    reason: oneOf(...unlinkReasons),
    flaw: oneOf(...eventFlaws),
    claims: anyObject,
    toeOffsetSeconds: offset,
    iatOffsetSeconds: offset,
  },
};

/** What a webhook that is fired may be told; what fits depends on its `kind`. */
export const fireOrder: Shape = {
  ...shapes.unlink,
  ...shapes['account-state'],
  reason: text,
  flaw: text,
};

interface Sent extends Partial<Omit<FireOrder, 'app' | 'reason'>> {
  readonly userId: string;
  readonly clientId?: string;
  readonly reason?: string;
  readonly claims?: JsonObject;
  readonly wait?: boolean;
}

/** Reads the body of `POST /webhooks/fire`; the default is the event `user-unlinked`, once. */
export function readFireOrder(body: string, world: World): (FireOrder & { readonly wait?: boolean }) | Reply {
  const sent = readBody<Sent>(body, fireOrder, ['userId']);
  if (isProblem(sent)) return sent;
  const { kind = 'account-state' } = sent;
  const fitting = readBody<Sent>(body, shapes[kind], ['userId']);
  if (isProblem(fitting)) return fitting;
  const client = namedClient(sent.clientId, world);
  if (isProblem(client)) return client;
  const url = sent.url ?? urlOf(client.app, kind);
  if (url === null) return problem(400, `the app has no ${kind} webhook; name a url`, 'url');
  const user = world.users.get(sent.userId);
  const knownAs = user ? serviceUserId(client.app, user) : sent.userId;
  const { event = 'user-unlinked', times = 1, hold = false, clientId: _, ...rest } = fitting;
  const reason = sent.reason ?? usualReason(kind, event);
  return { ...rest, userId: knownAs, kind, app: client.app, url, event, times, hold, reason };
}

function urlOf({ webhooks }: App, kind: WebhookKind): string | null {
  return kind === 'unlink' ? webhooks.unlinkUrl : webhooks.accountStateUrl;
}

function usualReason(kind: WebhookKind, event: string): string | null {
  const isUnlink = kind === 'unlink' || findEventType(event)?.name === 'user-unlinked';
  return isUnlink ? 'UNLINK_FROM_APPS' : null;
}
