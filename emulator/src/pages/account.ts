import { consentStateOf } from '../world/apps.ts';
import { findConsentItem } from '../world/consent-items.ts';
import { type Link, linksOf } from '../world/links.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { type AccountAlert, type AccountNotice, accountText } from './account-text.ts';
import { renderAvatar } from './avatar.ts';
import { escapeHtml, nicknameHtml } from './html.ts';
import type { Language } from './language.ts';
import { renderLayout } from './layout.ts';
import { renderPersonaButton } from './persona-button.ts';
import { pageText } from './text.ts';

const MOST_SHOWN = 60;

/** The account page with what it has to say first. */
export interface AccountPage {
  /** Who is signed in, or nobody. */
  readonly user: User | undefined;
  readonly language: Language;
  readonly notice?: AccountNotice | undefined;
  readonly alert?: AccountAlert | undefined;
}

/**
 * The Kakao Account page: whom to be (`user`), or what is connected. Forms post `action` = `disconnect` or `withdraw` with
 * `app` (and `item`), `sign-out`, `sign-out-everywhere`, `change-password`, `delete`.
 */
export function renderAccount(page: AccountPage, world: World): string {
  const { user, language } = page;
  const text = accountText[language];
  const action = `${world.basePath}/account`;
  const body = user ? signedIn(page, user, action, world) : picker(page, action, world);
  return renderLayout({
    language,
    title: user ? text.title : text.pickTitle,
    body,
    basePath: world.basePath,
  });
}

function message({ language, notice, alert }: AccountPage): string {
  const text = accountText[language];
  if (alert) return `<p class="notice" role="alert" data-testid="alert">${text[alert]}</p>`;
  return notice ? `<p class="notice" role="status" data-testid="notice">${text[notice]}</p>` : '';
}

function picker(page: AccountPage, action: string, world: World): string {
  const text = accountText[page.language];
  const people = [...world.users.values()].slice(0, MOST_SHOWN);
  return `${message(page)}<h1>${text.pickTitle}</h1>
<p class="lead">${text.pickLead}</p>
<form method="post" action="${action}">
<ul class="people">${people.map((user) => renderPersonaButton(user, page.language)).join('')}</ul>
</form>`;
}

function signedIn(page: AccountPage, user: User, action: string, world: World): string {
  const { language } = page;
  const text = accountText[language];
  const links = linksOf(world.links, user);
  const email = user.email === null ? '' : ` <span class="about">${escapeHtml(user.email)}</span>`;
  return `<form class="account" method="post" action="${action}">${renderAvatar(user)}<span class="who"><span class="nickname">${nicknameHtml(user.nickname)}</span>${email}</span><button class="small" name="action" value="sign-out" data-testid="sign-out">${text.otherAccount}</button></form>
${message(page)}<h1>${text.title}</h1>
<p class="lead">${text.lead}</p>
<h2>${text.services}</h2>
${links.length > 0 ? `<ul class="services">${links.map((link) => service(link, action, language)).join('')}</ul>` : `<p class="about" data-testid="no-services">${text.noServices}</p>`}
<h2>${text.security}</h2>
<form class="actions" method="post" action="${action}">
<button class="secondary" name="action" value="change-password" data-testid="change-password">${text.changePassword}</button>
<button class="secondary" name="action" value="sign-out-everywhere" data-testid="sign-out-everywhere">${text.signOutEverywhere}</button>
</form>
<details class="leave" data-testid="leave"><summary>${text.deleteTitle}</summary>
<form method="post" action="${action}"><p>${text.deleteLead}</p><button class="danger" name="action" value="delete" data-testid="delete-account">${text.delete}</button></form>
</details>`;
}

function service(link: Link, action: string, language: Language): string {
  const { app, agreed, connectedAt } = link;
  const text = accountText[language];
  const name = escapeHtml(app.name[language]);
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'Asia/Seoul' }).format(
    connectedAt,
  );
  const items = [...agreed].map((id) => item(link, id, action, language));
  return `<li data-testid="service-${app.appId}"><h3>${name}</h3>
<p class="about">${text.linkedOn(date)}</p>
${items.length > 0 ? `<ul class="shared">${items.join('')}</ul>` : `<p class="about">${text.nothingShared}</p>`}
<form method="post" action="${action}"><input type="hidden" name="app" value="${app.appId}">
<button class="secondary" name="action" value="disconnect" aria-label="${text.disconnectLabel(name)}" data-testid="disconnect-${app.appId}">${text.disconnect}</button></form></li>`;
}

function item({ app }: Link, id: string, action: string, language: Language): string {
  const text = accountText[language];
  const { required, optional } = pageText[language];
  const isRequired = consentStateOf(app, id) === 'required';
  const label = escapeHtml(findConsentItem(id)?.label[language] ?? id);
  const badge = `<span class="badge ${isRequired ? 'required' : 'optional'}">${isRequired ? required : optional}</span>`;
  if (isRequired) return `<li>${badge}<span class="label">${label}</span></li>`;
  const name = text.withdrawLabel(escapeHtml(app.name[language]), label);
  return `<li>${badge}<span class="label">${label}</span><form method="post" action="${action}"><input type="hidden" name="app" value="${app.appId}"><input type="hidden" name="item" value="${escapeHtml(id)}"><button class="small" name="action" value="withdraw" aria-label="${name}" data-testid="withdraw-${app.appId}-${escapeHtml(id)}">${text.withdraw}</button></form></li>`;
}
