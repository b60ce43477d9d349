import { emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { type AutoApproval, addAutoApproval } from '../world/auto-approvals.ts';
import { findConsentItem } from '../world/consent-items.ts';
import type { World } from '../world/world.ts';
import { isProblem, oneOf, readBody, type Shape, text, texts, userId } from './body-shape.ts';
import { howOften, howOftenProblem } from './how-often.ts';
import { namedClient, namedUser } from './named-app.ts';
import { problem } from './problem.ts';

interface Order {
  readonly userId: string;
  readonly clientId?: string;
  readonly times?: number;
  readonly always?: boolean;
  readonly decision?: 'agree' | 'cancel';
  readonly scopes?: string[];
  readonly terms?: string[];
}

/** Who is let through, how often. */
export const approvalOrder: Shape = {
  userId,
  clientId: text,
  ...howOften,
  decision: oneOf('agree', 'cancel'),
  scopes: texts,
  terms: texts,
};

/** `GET /auto-approve`: the orders still waiting. */
export function listApprovals(_request: KakaoRequest, world: World): Reply {
  return jsonReply({ autoApprovals: world.autoApprovals.map(shown) });
}

/** `POST /auto-approve`: lets the next login (`times`, or `always`) through as this user without a page. 201. */
export function addApproval(request: KakaoRequest, world: World): Reply {
  const order = readBody<Order>(request.body, approvalOrder, ['userId']);
  if (isProblem(order)) return order;
  const wrong = howOftenProblem(order) ?? scopesProblem(order);
  if (wrong) return wrong;
  const user = namedUser(order.userId, world);
  if (isProblem(user)) return user;
  const client = namedClient(order.clientId, world);
  if (isProblem(client)) return client;
  const { decision = 'agree', scopes = null, terms = null, clientId = null } = order;
  const remaining = order.always ? Number.POSITIVE_INFINITY : (order.times ?? 1);
  const added = addAutoApproval(world.autoApprovals, {
    userId: user.id,
    clientId,
    decision,
    scopes,
    terms,
    remaining,
  });
  return jsonReply(shown(added), 201);
}

/** `DELETE /auto-approve`: forgets all orders, 204. */
export function clearApprovals(_request: KakaoRequest, world: World): Reply {
  world.autoApprovals.length = 0;
  return emptyReply(204);
}

/** A name that Kakao does not know would be agreed to by nobody, and nobody would notice. */
function scopesProblem({ scopes = [] }: Order): Reply | undefined {
  const odd = scopes.find((scope) => scope !== 'openid' && !findConsentItem(scope));
  return odd === undefined ? undefined : problem(400, `there is no consent item ${odd}`, 'scopes');
}

function shown({ remaining, ...order }: AutoApproval) {
  return { ...order, remaining: Number.isFinite(remaining) ? remaining : 'always' };
}
