import { Refusal } from '../refusals/refusal.ts';
import { type App, consentStateOf, scopesInState } from '../world/apps.ts';
import type { AutoApproval } from '../world/auto-approvals.ts';
import type { ServiceTerm } from '../world/consent-items.ts';
import type { Link } from '../world/links.ts';
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
export function pendingConsent(
  authorizeRequest: AuthorizeRequest,
  link: Link | undefined,
  world: World,
): PendingConsent {
  const named = authorizeRequest.scope ?? [];
  const enabled = scopesInState(authorizeRequest.app, 'required', 'optional', 'during_use');
  const terms = pendingTerms(authorizeRequest, link);
  if (link) {
    const items = enabled.filter((id) => named.includes(id) && !link.agreed.has(id));
    const isAsked = named.length > 0 && world.settings.nothingLeftToAsk === 'page';
    return { isFirst: false, isShown: items.length > 0 || terms.length > 0 || isAsked, items, terms };
  }
  const basic = scopesInState(authorizeRequest.app, 'required', 'optional');
  const items = enabled.filter((id) => basic.includes(id) || named.includes(id));
  return { isFirst: true, isShown: true, items, terms };
}

/** Terms bring up the screen for a linked user only if a required one is among those named. */
function pendingTerms({ app, serviceTerms }: AuthorizeRequest, link: Link | undefined): ServiceTerm[] {
  if (!app.kakaoSync) return [];
  const named = app.serviceTerms.filter(({ tag }) => serviceTerms?.includes(tag) ?? true);
  if (!link) return named;
  const isAsked = serviceTerms !== null && named.some(({ required }) => required);
  return isAsked ? named.filter(({ tag }) => !link.terms.has(tag)) : [];
}

/** What a person agrees to by the form of the consent page: `item`, `term` and `decision=agree|agree_all`. */
export function agreementIn(form: URLSearchParams, pending: PendingConsent, user: User): Agreement {
  const all = everythingNotDeclined(pending, user);
  if (form.get('decision') === 'agree_all') return all;
  const [items, terms] = [form.getAll('item'), form.getAll('term')];
  return {
    items: all.items.filter((id) => items.includes(id)),
    terms: all.terms.filter((tag) => terms.includes(tag)),
  };
}

/** What a person agrees to by an auto-approval. */
export function agreementBy(approval: AutoApproval, pending: PendingConsent, user: User): Agreement {
  const all = everythingNotDeclined(pending, user);
  const tags = pending.terms.map(({ tag }) => tag);
  return {
    items: approval.scopes ? pending.items.filter((id) => approval.scopes?.includes(id)) : all.items,
    terms: approval.terms ? tags.filter((tag) => approval.terms?.includes(tag)) : all.terms,
  };
}

/** A user, with what the consent screen asked for and what was agreed to. */
export interface Consent {
  readonly user: User;
  readonly pending: PendingConsent;
  readonly given: Agreement;
}

/** The first required item or term that is missing, although the person would agree to it. */
export function missingConsent(app: App, { user, pending, given }: Consent): string | undefined {
  const all = everythingNotDeclined(pending, user);
  const item = all.items.find((id) => consentStateOf(app, id) === 'required' && !given.items.includes(id));
  if (item !== undefined) return `the required consent item ${item}`;
  const required = pending.terms.filter((term) => term.required).map(({ tag }) => tag);
  const tag = required.find((it) => all.terms.includes(it) && !given.terms.includes(it));
  return tag === undefined ? undefined : `the required service term ${tag}`;
}

/**
 * Refuses users whom the app cannot accept: KOE203 (something required is `missing`), `access_denied` (under 14), KOE005
 * (no member of a test app).
 */
export function checkEntry({ app }: AuthorizeRequest, user: User, missing?: string): void {
  if (missing !== undefined)
    throw new Refusal('KOE203', {
      verdict: { en: `${missing} was not agreed to`, ko: `${missing} 항목에 동의하지 않았습니다` },
      mayRedirect: true,
    });
  if (user.under14 && !app.under14Allowed) throw new Refusal('under_age_14');
  if (app.type === 'test' && !app.members.includes(user.id))
    throw new Refusal('KOE005', {
      verdict: {
        en: `user ${user.id} is no member of the test app ${app.appId}`,
        ko: `사용자 ${user.id}는 테스트 앱 ${app.appId}의 멤버가 아닙니다`,
      },
    });
}

function everythingNotDeclined({ items, terms }: PendingConsent, user: User): Agreement {
  const tags = terms.map(({ tag }) => tag);
  return { items: notDeclined(items, user), terms: notDeclined(tags, user) };
}

/** The items or tags that this person agrees to when pressing "agree to all". */
export function notDeclined(ids: readonly string[], user: User): string[] {
  return ids.filter((id) => !user.declines.includes(id));
}
