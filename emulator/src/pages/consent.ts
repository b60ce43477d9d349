import type { KakaoRequest } from '../server/request.ts';
import { type App, consentStateOf } from '../world/apps.ts';
import type { ServiceTerm } from '../world/consent-items.ts';
import { findConsentItem } from '../world/consent-items.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { renderAvatar } from './avatar.ts';
import { escapeHtml, nicknameHtml } from './html.ts';
import { type Language, languageOf } from './language.ts';
import { renderLayout } from './layout.ts';
import { pageText } from './text.ts';

/** The user whom the consent page asks, and the items and terms that it asks for. */
export interface ConsentPage {
  readonly app: App;
  readonly user: User;
  readonly pending: {
    /** Whether the user is new to the app. */
    readonly isFirst: boolean;
    /** Scope ids. */
    readonly items: readonly string[];
    readonly terms: readonly ServiceTerm[];
  };
  readonly request: KakaoRequest;
}

/**
 * The consent page: form fields `user`, `item` (one per scope id), `term` (one per tag) and `decision` = `agree`,
 * `agree_all` or `cancel`.
 */
export function renderConsent(page: ConsentPage, { basePath }: World): string {
  const { user, pending, request } = page;
  const language = languageOf(request.headers);
  const text = pageText[language];
  const app = page.app.name[language];
  const title = pending.isFirst ? text.consentTitle(app) : text.additionalTitle(app);
  const asks = pending.items.length + pending.terms.length > 0;
  const body = `<p class="account">${renderAvatar(user, 28)}<span class="nickname">${nicknameHtml(user.nickname)}</span></p>
<h1>${escapeHtml(title)}</h1>
<p class="lead">${asks ? text.consentLead : text.nothingToAsk}</p>
${asks ? agreeAllForm(page, language) : ''}
<form method="post" action="${escapeHtml(request.target)}">
<input type="hidden" name="user" value="${user.id}">
${termList(page, language)}${itemList(page, language)}
<div class="actions">
<button class="primary" name="decision" value="agree" data-testid="agree">${text.agree}</button>
<button class="quiet" name="decision" value="cancel" formnovalidate data-testid="cancel">${text.cancel}</button>
</div>
</form>`;
  return renderLayout({ language, title, body, basePath });
}

/** A form of its own, so that Enter in the list of items does not agree to all of them. */
function agreeAllForm({ user, request }: ConsentPage, language: Language): string {
  return `<form class="all" method="post" action="${escapeHtml(request.target)}">
<input type="hidden" name="user" value="${user.id}">
<button class="secondary" name="decision" value="agree_all" data-testid="agree-all">${pageText[language].agreeAll}</button>
</form>`;
}

function termList({ user, pending }: ConsentPage, language: Language): string {
  const rows = pending.terms.map(({ tag, title, required }) =>
    row({ name: 'term', value: tag, label: title[language], required }, user, language),
  );
  return section(rows, pageText[language].serviceTerms, pending.items.length > 0);
}

function itemList({ app, user, pending }: ConsentPage, language: Language): string {
  const rows = pending.items.map((id) => {
    const required = consentStateOf(app, id) === 'required';
    const label = findConsentItem(id)?.label[language] ?? id;
    return row({ name: 'item', value: id, label, required }, user, language);
  });
  return section(rows, pageText[language].personalInformation, pending.terms.length > 0);
}

/** A list that needs a heading only beside another. */
function section(rows: readonly string[], heading: string, isOneOfTwo: boolean): string {
  if (rows.length === 0) return '';
  return `${isOneOfTwo ? `<h2>${heading}</h2>` : ''}<ul class="items">${rows.join('')}</ul>`;
}

interface Row {
  readonly name: 'item' | 'term';
  readonly value: string;
  readonly label: string;
  readonly required: boolean;
}

function row({ name, value, label, required }: Row, user: User, language: Language): string {
  const text = pageText[language];
  const declined = user.declines.includes(value);
  const input = declined ? 'disabled' : required ? 'checked required' : '';
  const badge = `<span class="badge ${required ? 'required' : 'optional'}">${required ? text.required : text.optional}</span>`;
  const note = declined ? `<small>${text.declines}</small>` : '';
  return `<li><label><input type="checkbox" name="${name}" value="${escapeHtml(value)}" ${input}>${badge}<span class="label">${escapeHtml(label)}${note}</span></label></li>`;
}
