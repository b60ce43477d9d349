import { scopesInState } from '../world/apps.ts';
import { findLink, type Link } from '../world/links.ts';
import type { ServiceTerm } from '../world/service-terms.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import type { AuthorizeRequest } from './authorize-request.ts';

/** What the consent screen has to ask, or nothing for a user who gets a code at once. */
export interface PendingConsent {
  readonly isFirst: boolean;
  /** Whether a screen has to be shown to this user at all. */
  readonly isShown: boolean;
  /** Scope ids. */
  readonly items: readonly string[];
  /** Of an app with Kakao Sync. */
  readonly terms: readonly ServiceTerm[];
}

/** What was agreed to: scope ids, and tags of service terms. */
export interface Agreement {
  readonly items: readonly string[];
  readonly terms: readonly string[];
}

/** Nothing new. */
export const noAgreement: Agreement = { items: [], terms: [] };

/**
 * First login: every required and optional item, items "during use" only when named in `scope`, and all service terms,
 * or those named in `service_terms`. Linked user: only what is named and not agreed to yet.
 */
export function pendingConsent(asked: AuthorizeRequest, user: User, world: World): PendingConsent {
  const named = asked.scope ?? [];
  const link = findLink(world.links, asked.app, user);
  const enabled = scopesInState(asked.app, 'required', 'optional', 'during_use');
  const terms = pendingTerms(asked, link);
  if (link) {
    const items = enabled.filter((id) => named.includes(id) && !link.agreed.has(id));
    const isAsked = named.length > 0 && world.settings.nothingLeftToAsk === 'page';
    return { isFirst: false, isShown: items.length > 0 || terms.length > 0 || isAsked, items, terms };
  }
  const basic = scopesInState(asked.app, 'required', 'optional');
  const items = enabled.filter((id) => basic.includes(id) || named.includes(id));
  return { isFirst: true, isShown: true, items, terms };
}

/** The items or tags a person agrees to when asked for them and pressing "agree to all". */
export function willingly(asked: readonly string[], user: User): string[] {
  return asked.filter((id) => !user.declines.includes(id));
}

/** Terms bring up the screen for a linked user only if a required one is among those named. */
function pendingTerms({ app, serviceTerms }: AuthorizeRequest, link: Link | undefined): ServiceTerm[] {
  if (!app.kakaoSync) return [];
  const named = app.serviceTerms.filter(({ tag }) => serviceTerms?.includes(tag) ?? true);
  if (!link) return named;
  const isAsked = serviceTerms !== null && named.some(({ required }) => required);
  return isAsked ? named.filter(({ tag }) => !link.terms.has(tag)) : [];
}
