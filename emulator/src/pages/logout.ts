import type { KakaoRequest } from '../server/request.ts';
import type { App } from '../world/apps.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { renderAvatar } from './avatar.ts';
import { escapeHtml, nicknameHtml } from './html.ts';
import { languageOf } from './language.ts';
import { renderLayout } from './layout.ts';
import { pageText } from './text.ts';

/** The page of `/oauth/logout`: form field `choice` = `account` or `service`. */
export function renderLogout(
  { app, user }: { app: App; user: User | undefined },
  request: KakaoRequest,
  world: World,
): string {
  const language = languageOf(request.headers);
  const text = pageText[language];
  const account = user
    ? `<p class="account">${renderAvatar(user, 28)}<span class="who"><span class="about">${text.signedInAs}</span> <span class="nickname">${nicknameHtml(user.nickname)}</span></span></p>`
    : `<p class="account about">${text.noAccount}</p>`;
  const body = `${account}
<h1>${text.logoutTitle}</h1>
<p class="lead">${escapeHtml(text.logoutLead(app.name[language]))}</p>
<form method="post" action="${escapeHtml(request.target)}">
<div class="actions">
<button class="primary" name="choice" value="account" data-testid="logout-account">${text.logoutWithAccount}</button>
<button class="secondary" name="choice" value="service" data-testid="logout-service">${text.logoutServiceOnly}</button>
</div>
</form>`;
  return renderLayout({ language, title: text.logoutTitle, body, basePath: world.basePath });
}
