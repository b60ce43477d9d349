import { setTimeout as delay } from 'node:timers/promises';
import { maskedHeader } from '../inspector/masked-view.ts';
import { toJson } from '../json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { whenIdle } from '../webhooks/deliver.ts';
import { resend } from '../webhooks/fire.ts';
import { type Attempt, type Delivery, failedDeliveries, findDelivery } from '../world/webhook-log.ts';
import type { World } from '../world/world.ts';
import { fireWebhook, MOST_COPIES, webhookOrder } from './fire-webhook.ts';
import { type ControlCall, type ControlRoutes, type Operation, operation, readBody } from './operation.ts';
import { Problem } from './problem.ts';
import {
  answered,
  component,
  flag,
  list,
  type ObjectOf,
  object,
  open,
  partial,
  text,
  texts,
  whole,
} from './schema.ts';

const MOST_WAIT_MS = 60_000;

const attempt = component(
  'WebhookAttempt',
  open(object({ delivery: text, time: answered<string>({ type: 'string', format: 'date-time' }) })),
);
const attempts = object({ attempts: list(attempt) });

/** Which webhooks are sent again. */
export const replayOrder = partial(
  { deliveries: texts, times: whole(1, MOST_COPIES), wait: flag },
  'deliveries',
);

/** Whether the answer waits until they are sent. */
const retryOrder = partial({ wait: flag });

/** Webhooks to apps. */
export const webhookRoutes: ControlRoutes = {
  webhooks: {
    GET: operation({
      summary: 'What apps listen to, what waits, and the last 500 attempts',
      query: { user: 'a user id', kind: '"unlink" or "account-state"', delivery: 'the id of one delivery' },
      answer: open(attempts),
      handle: ({ request, world }) => listedWebhooks(request, world),
    }),
    DELETE: operation({
      summary: 'Forgets the attempts',
      handle: ({ world }) => {
        world.webhooks.attempts.length = 0;
      },
    }),
  },
  'webhooks/idle': {
    GET: operation({ summary: 'Answers once everything has been sent', handle: ({ world }) => idle(world) }),
  },
  'webhooks/fire': {
    POST: sending(
      'Sends a webhook although nothing has happened, or a spoilt one',
      webhookOrder,
      fireWebhook,
    ),
  },
  'webhooks/replay': {
    POST: sending('Sends the same bytes again', replayOrder, ({ request, world }) => {
      const { deliveries, times, wait } = readBody(request.body, replayOrder);
      const found = deliveries.map((id) => deliveryNamed(id, world));
      return { attempts: resend(world, found, times), wait };
    }),
  },
  'webhooks/retry': {
    POST: sending('Sends again what was not accepted', retryOrder, ({ request, world }) => {
      const { wait } = readBody(request.body, retryOrder);
      return { attempts: resend(world, failedDeliveries(world.webhooks)), wait };
    }),
  },
};

interface Sending {
  readonly attempts: Promise<Attempt[]>;
  readonly wait: boolean | undefined;
}

/** An operation that answers 200 with the attempts when they have been made, or 202 at once. */
function sending(summary: string, body: ObjectOf<unknown>, send: (call: ControlCall) => Sending): Operation {
  const reply = async (call: ControlCall): Promise<Reply> => {
    const { attempts: made, wait = true } = send(call);
    return wait ? jsonReply({ attempts: (await made).map(shownAttempt) }) : jsonReply({}, 202);
  };
  return { summary, body, answer: attempts, reply };
}

function deliveryNamed(id: string, world: World): Delivery {
  const delivery = findDelivery(world.webhooks, id);
  if (!delivery) throw new Problem(400, `no delivery ${id}`, 'deliveries');
  return delivery;
}

/** Where webhooks go, how many are pending, and the attempts that match the query. */
export function listedWebhooks({ query }: KakaoRequest, { apps, webhooks }: World) {
  const [user, kind, id] = ['user', 'kind', 'delivery'].map((name) => query.get(name));
  if (kind && kind !== 'unlink' && kind !== 'account-state')
    throw new Problem(400, 'kind must be unlink or account-state', 'kind');
  const wanted = webhooks.attempts.filter(
    ({ delivery }) =>
      (!user || delivery.userId === user) && (!kind || delivery.kind === kind) && (!id || delivery.id === id),
  );
  return {
    apps: apps.map(({ appId, webhooks: settings }) => ({ appId, ...settings })),
    waiting: webhooks.waiting,
    dropped: webhooks.dropped,
    attempts: wanted.map(shownAttempt),
  };
}

async function idle({ webhooks }: World): Promise<void> {
  const patience = new AbortController();
  const waited = delay(MOST_WAIT_MS, 'late', { signal: patience.signal });
  const outcome = await Promise.race([whenIdle(webhooks), waited]);
  patience.abort();
  waited.catch(() => undefined);
  if (outcome === 'late') throw new Problem(503, `${webhooks.waiting} webhooks are still waiting`);
}

/** An attempt as it is shown: the admin key masked, the claims of a security event token readable. */
export function shownAttempt({ delivery, time, verdict, ...made }: Attempt) {
  const { id, headers, ...message } = delivery;
  const masked = Object.entries(headers).map(([name, value]) => [name, maskedHeader(name, value)]);
  const token = readableToken(delivery);
  return {
    ...made,
    verdict: verdict.en,
    time: new Date(time).toISOString(),
    delivery: id,
    ...message,
    headers: Object.fromEntries(masked),
    joseHeader: token?.joseHeader,
    claims: token?.claims,
  };
}

function readableToken({ kind, body }: Delivery) {
  if (kind !== 'account-state' || body === null) return undefined;
  try {
    const [joseHeader, claims] = body.split('.').map((part) => Buffer.from(part, 'base64url').toString());
    return { joseHeader: toJson(JSON.parse(joseHeader ?? '')), claims: toJson(JSON.parse(claims ?? '')) };
  } catch {
    // The body may be broken on purpose, and then it is not a token.
    return undefined;
  }
}
