import { announceEverywhere, deleteAccount } from '../account/change-account.ts';
import { unlinkApp, withdraw } from '../account/linking.ts';
import { isFromOtherOrigin } from '../server/guard.ts';
import { emptyReply, pageReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import {
  endAccountSession,
  endAccountSessions,
  startAccountSession,
  userInBrowser,
} from '../world/account-cookie.ts';
import { consentStateOf } from '../world/apps.ts';
import { findConsentItem } from '../world/consent-items.ts';
import { type Link, linksOf } from '../world/links.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { renderAvatar, renderPersonaButton } from './avatar.ts';
import { escapeHtml, nicknameHtml } from './html.ts';
import { type Language, languageOf } from './language.ts';
import { renderLayout } from './layout.ts';
import { pageText } from './text.ts';

/** What the page says after a change, by the query parameter `done`. */
const notices = ['disconnected', 'withdrawn', 'passwordChanged', 'signedOutEverywhere', 'deleted'] as const;
type Notice = (typeof notices)[number];
type Alert = 'notConnected' | 'notRevocable' | 'notPossible' | 'otherOrigin';

/** Makes browsers send a usable `Origin` with the forms of this page. */
const OWN_REFERRER = { 'Referrer-Policy': 'same-origin' };

/** `GET /account`: the Kakao Account of this browser with its connected services, or the choice of one. */
export function account(request: KakaoRequest, world: World): Reply {
  const notice = notices.find((known) => known === request.query.get('done'));
  return page({ request, world }, { notice });
}

/** `POST /account`: an action of the page; 303 back to it, 400 for what is impossible, 403 for other origins. */
export function answerAccount(request: KakaoRequest, world: World): Reply {
  if (isFromOtherOrigin(request)) return page({ request, world }, { alert: 'otherOrigin', status: 403 });
  const chosen = world.users.get(request.form.get('user') ?? '');
  if (chosen) return backToAccount(world, null, startAccountSession(world, chosen.id));
  const user = userInBrowser(world, request.headers.cookie);
  if (!user) return page({ request, world }, { alert: 'notPossible' });
  return changeAccountOf(user, request, world);
}

function changeAccountOf(user: User, request: KakaoRequest, world: World): Reply {
  const action = request.form.get('action');
  if (action === 'sign-out') return signOut(request, world, null);
  if (action === 'change-password') {
    announceEverywhere(world, user, 'credential-change');
    return backToAccount(world, 'passwordChanged');
  }
  if (action === 'sign-out-everywhere') {
    endAccountSessions(world, user.id);
    announceEverywhere(world, user, 'sessions-revoked');
    return signOut(request, world, 'signedOutEverywhere');
  }
  if (action === 'delete') {
    deleteAccount(world, user, 'ACCOUNT_DELETE');
    return signOut(request, world, 'deleted');
  }
  const link = linksOf(world.links, user).find(({ app }) => String(app.appId) === request.form.get('app'));
  if (action !== 'disconnect' && action !== 'withdraw')
    return page({ request, world }, { alert: 'notPossible' });
  if (!link) return page({ request, world }, { alert: 'notConnected' });
  if (action === 'withdraw') return withdrawItem(link, request, world);
  unlinkApp(world, link, { reason: 'UNLINK_FROM_APPS' });
  return backToAccount(world, 'disconnected');
}

function withdrawItem(link: Link, request: KakaoRequest, world: World): Reply {
  const item = request.form.get('item') ?? '';
  if (consentStateOf(link.app, item) === 'required')
    return page({ request, world }, { alert: 'notRevocable' });
  withdraw(world, link, [item]);
  return backToAccount(world, 'withdrawn');
}

function signOut(request: KakaoRequest, world: World, notice: Notice | null): Reply {
  return backToAccount(world, notice, endAccountSession(world, request.headers.cookie));
}

function backToAccount(world: World, notice: Notice | null, cookie?: string): Reply {
  const query = notice === null ? '' : `?done=${notice}`;
  const headers = { Location: `${world.basePath}/account${query}`, 'Cache-Control': 'no-store' };
  return emptyReply(303, cookie === undefined ? headers : { ...headers, 'Set-Cookie': cookie });
}

/** The page as an answer, with a notice or an alert on top. */
function page(
  { request, world }: { request: KakaoRequest; world: World },
  { status, notice, alert }: { status?: number; notice?: Notice | undefined; alert?: Alert },
): Reply {
  const user = userInBrowser(world, request.headers.cookie);
  const language = languageOf(request.headers);
  const action = `${world.basePath}/account`;
  const html = renderAccount({ user, language, action, notice, alert }, world);
  return pageReply(html, status ?? (alert ? 400 : 200), OWN_REFERRER);
}

const MOST_SHOWN = 60;

/** The account page, with a notice or an alert on top. */
interface AccountPage {
  /** Who is signed in, if anybody. */
  readonly user: User | undefined;
  readonly language: Language;
  /** Where its forms go. */
  readonly action: string;
  readonly notice?: Notice | undefined;
  readonly alert?: Alert | undefined;
}

/**
 * The Kakao Account page: a choice of users (`user`), or the connected services. Forms post `action`: `disconnect` and `withdraw` with
 * `app` (and `item`), `sign-out`, `sign-out-everywhere`, `change-password`, `delete`.
 */
function renderAccount(page: AccountPage, world: World): string {
  const { user, language } = page;
  const text = pageText[language].account;
  const body = user ? signedIn(user, page, world) : picker(page, world);
  return renderLayout({
    language,
    title: user ? text.title : text.pickTitle,
    body,
    basePath: world.basePath,
  });
}

function message({ language, notice, alert }: AccountPage): string {
  const text = pageText[language].account;
  if (alert) return `<p class="notice" role="alert" data-testid="alert">${text[alert]}</p>`;
  return notice ? `<p class="notice" role="status" data-testid="notice">${text[notice]}</p>` : '';
}

function picker(page: AccountPage, world: World): string {
  const { action, language } = page;
  const text = pageText[language].account;
  const people = [...world.users.values()].slice(0, MOST_SHOWN);
  return `${message(page)}<h1>${text.pickTitle}</h1>
<p class="lead">${text.pickLead}</p>
<form method="post" action="${action}">
<ul class="people">${people.map((user) => renderPersonaButton(user, language)).join('')}</ul>
</form>`;
}

function signedIn(user: User, page: AccountPage, world: World): string {
  const { action, language } = page;
  const text = pageText[language].account;
  const links = linksOf(world.links, user);
  const email = user.email === null ? '' : ` <span class="about">${escapeHtml(user.email)}</span>`;
  return `<form class="account" method="post" action="${action}">${renderAvatar(user)}<span class="who"><span class="nickname">${nicknameHtml(user.nickname)}</span>${email}</span><button class="small" name="action" value="sign-out" data-testid="sign-out">${text.otherAccount}</button></form>
${message(page)}<h1>${text.title}</h1>
<p class="lead">${text.lead}</p>
<h2>${text.services}</h2>
${links.length > 0 ? `<ul class="services">${links.map((link) => connectedService(link, page)).join('')}</ul>` : `<p class="about" data-testid="no-services">${text.noServices}</p>`}
<h2>${text.security}</h2>
<form class="actions" method="post" action="${action}">
<button class="secondary" name="action" value="change-password" data-testid="change-password">${text.changePassword}</button>
<button class="secondary" name="action" value="sign-out-everywhere" data-testid="sign-out-everywhere">${text.signOutEverywhere}</button>
</form>
<details class="leave" data-testid="leave"><summary>${text.deleteTitle}</summary>
<form method="post" action="${action}"><p>${text.deleteLead}</p><button class="danger" name="action" value="delete" data-testid="delete-account">${text.delete}</button></form>
</details>`;
}

function connectedService(link: Link, page: AccountPage): string {
  const { action, language } = page;
  const { app, agreed, connectedAt } = link;
  const text = pageText[language].account;
  const name = escapeHtml(app.name[language]);
  const date = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'Asia/Seoul' }).format(
    connectedAt,
  );
  const items = [...agreed].map((id) => item(link, id, page));
  return `<li data-testid="service-${app.appId}"><h3>${name}</h3>
<p class="about">${text.linkedOn(date)}</p>
${items.length > 0 ? `<ul class="shared">${items.join('')}</ul>` : `<p class="about">${text.nothingShared}</p>`}
<form method="post" action="${action}"><input type="hidden" name="app" value="${app.appId}">
<button class="secondary" name="action" value="disconnect" aria-label="${text.disconnectLabel(name)}" data-testid="disconnect-${app.appId}">${text.disconnect}</button></form></li>`;
}

function item({ app }: Link, id: string, { action, language }: AccountPage): string {
  const text = pageText[language].account;
  const { required, optional } = pageText[language];
  const isRequired = consentStateOf(app, id) === 'required';
  const label = escapeHtml(findConsentItem(id)?.label[language] ?? id);
  const badge = `<span class="badge ${isRequired ? 'required' : 'optional'}">${isRequired ? required : optional}</span>`;
  if (isRequired) return `<li>${badge}<span class="label">${label}</span></li>`;
  const name = text.withdrawLabel(escapeHtml(app.name[language]), label);
  return `<li>${badge}<span class="label">${label}</span><form method="post" action="${action}"><input type="hidden" name="app" value="${app.appId}"><input type="hidden" name="item" value="${escapeHtml(id)}"><button class="small" name="action" value="withdraw" aria-label="${name}" data-testid="withdraw-${app.appId}-${escapeHtml(id)}">${text.withdraw}</button></form></li>`;
}
