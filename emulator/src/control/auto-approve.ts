import { type AutoApproval, addAutoApproval } from '../world/auto-approvals.ts';
import { findConsentItem } from '../world/consent-items.ts';
import type { World } from '../world/world.ts';
import { howOften, refuseTimesWithAlways, shownTimes, timesLeft, userId } from './fields.ts';
import { namedClient, namedUser } from './named.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { Problem } from './problem.ts';
import {
  answered,
  component,
  list,
  object,
  oneOf,
  orNull,
  partial,
  type TypeOf,
  text,
  texts,
} from './schema.ts';

const decision = oneOf('agree', 'cancel');

/** Who is let through, how often. */
export const approvalOrder = partial(
  { userId, clientId: text, ...howOften, decision, scopes: texts, terms: texts },
  'userId',
);

/** A pending auto-approval. */
export const autoApproval = component(
  'AutoApproval',
  object({
    id: text,
    userId: text,
    clientId: answered<string | null>({ type: ['string', 'null'] }),
    decision,
    scopes: orNull(texts),
    terms: orNull(texts),
    remaining: timesLeft,
  }),
);

/** Logins that are let through without a page. */
export const approvalRoutes: ControlRoutes = {
  'auto-approve': {
    GET: operation({
      summary: 'Standing orders',
      answer: object({ autoApprovals: list(autoApproval) }),
      handle: ({ world }) => ({ autoApprovals: world.autoApprovals.map(shown) }),
    }),
    POST: operation({
      summary: 'Lets the next logins through without a page',
      body: approvalOrder,
      answer: autoApproval,
      status: 201,
      handle: ({ world, body }) => shown(addApproval(world, body())),
    }),
    DELETE: operation({
      summary: 'Forgets all standing orders',
      handle: ({ world }) => {
        world.autoApprovals.length = 0;
      },
    }),
  },
};

function addApproval(world: World, order: TypeOf<typeof approvalOrder>): AutoApproval {
  refuseTimesWithAlways(order);
  const { decision: decided = 'agree', scopes = null, terms = null, clientId = null } = order;
  // An unknown id would never be agreed to, and the caller would not notice.
  const odd = scopes?.find((scope) => scope !== 'openid' && !findConsentItem(scope));
  if (odd !== undefined) throw new Problem(400, `there is no consent item ${odd}`, 'scopes');
  const user = namedUser(order.userId, world);
  namedClient(order.clientId, world);
  return addAutoApproval(world.autoApprovals, {
    userId: user.id,
    clientId,
    decision: decided,
    scopes,
    terms,
    remaining: order.always ? Number.POSITIVE_INFINITY : (order.times ?? 1),
  });
}

function shown({ remaining, ...order }: AutoApproval): TypeOf<typeof autoApproval> {
  return { ...order, remaining: shownTimes(remaining) };
}
