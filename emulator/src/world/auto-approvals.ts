import { newId } from './random.ts';

/** A standing order to let the next logins through without showing a page. */
export interface AutoApproval {
  readonly id: string;
  readonly userId: string;
  /** Only logins with this platform key, or with any. */
  readonly clientId: string | null;
  readonly decision: 'agree' | 'cancel';
  /** Scope ids to agree to, or everything that would be asked. */
  readonly scopes: readonly string[] | null;
  /** Tags of service terms to agree to, or everything that would be asked. */
  readonly terms: readonly string[] | null;
  /** Logins left; `Infinity` for always. */
  remaining: number;
}

const MOST_APPROVALS = 1_000;

/** Adds an order behind those that are waiting. */
export function addAutoApproval(orders: AutoApproval[], order: Omit<AutoApproval, 'id'>): AutoApproval {
  const added = { id: newId(), ...order };
  orders.push(added);
  if (orders.length > MOST_APPROVALS) orders.shift();
  return added;
}

/** Uses up one login of the first order that fits this platform key. */
export function takeAutoApproval(orders: AutoApproval[], clientId: string): AutoApproval | undefined {
  const at = orders.findIndex((order) => order.clientId === null || order.clientId === clientId);
  const order = orders[at];
  if (!order) return undefined;
  order.remaining -= 1;
  if (order.remaining <= 0) orders.splice(at, 1);
  return order;
}
