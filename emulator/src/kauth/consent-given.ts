import { type App, consentStateOf } from '../world/apps.ts';
import type { AutoApproval } from '../world/auto-approvals.ts';
import type { User } from '../world/users.ts';
import { type Agreement, type PendingConsent, willingly } from './pending-items.ts';

/** What a person agrees to by the form of the consent page: `item`, `term` and `decision=agree|agree_all`. */
export function agreementIn(form: URLSearchParams, pending: PendingConsent, user: User): Agreement {
  const all = everythingWilling(pending, user);
  if (form.get('decision') === 'agree_all') return all;
  const [items, terms] = [form.getAll('item'), form.getAll('term')];
  return {
    items: all.items.filter((id) => items.includes(id)),
    terms: all.terms.filter((tag) => terms.includes(tag)),
  };
}

/** What a person agrees to by a standing order. */
export function agreementBy(order: AutoApproval, pending: PendingConsent, user: User): Agreement {
  const all = everythingWilling(pending, user);
  const tags = pending.terms.map(({ tag }) => tag);
  return {
    items: order.scopes ? pending.items.filter((id) => order.scopes?.includes(id)) : all.items,
    terms: order.terms ? tags.filter((tag) => order.terms?.includes(tag)) : all.terms,
  };
}

/** The first required item or term that is missing, although the person would agree to it. */
export function missingConsent(
  app: App,
  pending: PendingConsent,
  user: User,
  given: Agreement,
): string | undefined {
  const all = everythingWilling(pending, user);
  const item = all.items.find((id) => consentStateOf(app, id) === 'required' && !given.items.includes(id));
  if (item !== undefined) return `the required consent item ${item}`;
  const required = pending.terms.filter((term) => term.required).map(({ tag }) => tag);
  const tag = required.find((it) => all.terms.includes(it) && !given.terms.includes(it));
  return tag === undefined ? undefined : `the required service term ${tag}`;
}

function everythingWilling({ items, terms }: PendingConsent, user: User): Agreement {
  const tags = terms.map(({ tag }) => tag);
  return { items: willingly(items, user), terms: willingly(tags, user) };
}
