import { pageReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { PlatformKey } from '../world/app-keys.ts';
import type { App } from '../world/apps.ts';
import { type LoggedRequest, loggedRequests } from '../world/request-log.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { renderAvatar } from './avatar.ts';
import { escapeHtml, nicknameHtml } from './html.ts';
import { type Language, languageOf } from './language.ts';
import { renderLayout } from './layout.ts';
import { pageText } from './text.ts';

const MOST_SHOWN = 30;

/** `GET /`: a short introduction, the personas, the apps with their keys, the latest requests. */
export function landing(request: KakaoRequest, world: World): Reply {
  const language = languageOf(request.headers);
  const text = pageText[language];
  const requests = loggedRequests(world.requests).slice(-MOST_SHOWN).reverse();
  const body = `<h1>${text.landingTitle}</h1>
<p class="lead">${text.landingLead}</p>
<p><code>${escapeHtml(world.publicUrl)}</code></p>
<p><a class="small" href="${world.basePath}/account">${text.account.manage}</a></p>
<h2>${text.people}</h2>
<ul class="roster">${[...world.users.values()]
    .slice(0, 60)
    .map((user) => personRow(user, language))
    .join('')}</ul>
<h2>${text.apps}</h2>
<div class="apps">${world.apps.map((app) => appCard(app, language)).join('')}</div>
<h2>${text.recentRequests}</h2>
${requests.length > 0 ? `<ol class="requests">${requests.map(requestRow).join('')}</ol>` : `<p class="about">${text.noRequests}</p>`}`;
  return pageReply(
    renderLayout({ language, title: text.landingTitle, body, wide: true, basePath: world.basePath }),
  );
}

function appCard(app: App, language: Language): string {
  const text = pageText[language];
  const rows: [label: string, value: string][] = [
    ['ID', String(app.appId)],
    ...app.platformKeys.flatMap((key) => keyRows(key, language)),
    ...app.adminKeys.map(({ key }): [string, string] => [text.adminKey, key]),
    [text.logoutRedirectUris, app.logoutRedirectUris.join('\n')],
    ['OpenID Connect', app.oidc ? 'ON' : 'OFF'],
  ];
  const list = rows.map(([label, value]) => `<dt>${label}</dt><dd><code>${escapeHtml(value)}</code></dd>`);
  return `<section><h3>${escapeHtml(app.name[language])}</h3><dl>${list.join('')}</dl></section>`;
}

function keyRows({ type, key, ...settings }: PlatformKey, language: Language): [string, string][] {
  const text = pageText[language];
  const label = { rest: text.restApiKey, javascript: text.javascriptKey, native: text.nativeKey }[type];
  return [
    [label, key],
    [text.clientSecret, settings.clientSecretEnabled ? settings.clientSecret : 'OFF'],
    [text.redirectUris, settings.redirectUris.join('\n')],
  ];
}

function personRow(user: User, language: Language): string {
  return `<li>${renderAvatar(user, 32)}<span class="who"><span class="nickname">${nicknameHtml(user.nickname)}</span> <span class="about">${escapeHtml(user.description[language])}</span></span><code>${user.id}</code></li>`;
}

function requestRow({ method, path, status, code, time }: LoggedRequest): string {
  const at = new Date(time).toISOString().slice(11, 19);
  const tone = status === 0 || status >= 400 ? 'bad' : 'good';
  const result = `<strong class="${tone}">${status || '—'}${code === null ? '' : ` ${escapeHtml(String(code))}`}</strong>`;
  return `<li><time>${at}</time><code>${escapeHtml(`${method} ${path}`)}</code>${result}</li>`;
}
