import type { KakaoRequest } from '../server/request.ts';
import type { App } from '../world/apps.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { renderPersonaButton } from './avatar.ts';
import { escapeHtml } from './html.ts';
import { type Language, languageOf } from './language.ts';
import { renderLayout } from './layout.ts';
import { pageText } from './text.ts';

const MOST_SHOWN = 60;

/** What an authorize request says about the account to choose. */
interface PickerRequest {
  readonly app: App;
  readonly prompt: ReadonlySet<string>;
  readonly loginHint: string | null;
}

/** The account picker: one button per persona (form field `user`), no passwords; with `prompt=create` a form first. */
export function renderPicker(authorizeRequest: PickerRequest, request: KakaoRequest, world: World): string {
  const people = sortByHint([...world.users.values()].slice(0, MOST_SHOWN), authorizeRequest.loginHint);
  const language = languageOf(request.headers);
  const text = pageText[language];
  const creating = authorizeRequest.prompt.has('create');
  const title = creating ? text.createAccount : text.pickAccount;
  const accounts = people.map((user) => renderPersonaButton(user, language));
  const body = `<h1>${title}</h1>
<p class="lead">${escapeHtml(text.pickLead(authorizeRequest.app.name[language]))}</p>
${creating ? createForm(request.target, language) : ''}
<form method="post" action="${escapeHtml(request.target)}">
<ul class="people">${accounts.join('')}</ul>
<button class="quiet" name="decision" value="cancel" data-testid="cancel">${text.cancel}</button>
</form>`;
  return renderLayout({ language, title, body, basePath: world.basePath });
}

/** Puts the account that `login_hint` names first. */
function sortByHint(users: readonly User[], hint: string | null): readonly User[] {
  const first = users.find((user) => hint !== null && (user.email === hint || user.phoneNumber === hint));
  return first ? [first, ...users.filter((user) => user !== first)] : users;
}

function createForm(action: string, language: Language): string {
  const text = pageText[language];
  return `<form method="post" action="${escapeHtml(action)}" class="create">
<label>${text.nickname}<input name="nickname" autocomplete="off" required maxlength="100"></label>
<label>${text.email}<input name="email" type="email" autocomplete="off"></label>
<button class="primary" name="create" value="1">${text.create}</button>
</form>`;
}
