import { renderAvatar } from '../../pages/avatar.ts';
import { escapeHtml, nicknameHtml } from '../../pages/html.ts';
import type { Language } from '../../pages/language.ts';
import { linksOf } from '../../world/links.ts';
import { accountStates, type User } from '../../world/users.ts';
import type { World } from '../../world/world.ts';
import { actButton, actForm, choice, field, type Panel } from '../panel.ts';
import { type InspectorText, inspectorText } from '../text.ts';

const MOST_SHOWN = 60;

/** All users with account state and connections, and a form for a new one. */
export function peoplePanel(world: World, text: InspectorText, language: Language): Panel {
  const { users } = world;
  const rows = [...users.values()].slice(0, MOST_SHOWN).map((user) => personRow(user, world, language));
  const rest = users.size > MOST_SHOWN ? `<p class="about">${text.andMore(users.size - MOST_SHOWN)}</p>` : '';
  const form = actForm(
    'add-user',
    `${field(text.nickname, 'nickname', 'required maxlength="100"')}${field(text.email, 'email', 'type="email"')}<button class="small strong">${text.addPerson}</button>`,
  );
  return {
    id: 'people',
    title: text.people,
    count: users.size,
    state: `<ul class="things people-list">${rows.join('')}</ul>${rest}`,
    forms: form,
  };
}

function personRow(user: User, world: World, language: Language): string {
  const text = inspectorText[language];
  const links = linksOf(world.links, user).map(
    ({ app }) =>
      `<div class="linked"><small>${text.linked}: ${escapeHtml(app.name[language])}</small>${actButton('unlink', text.unlink, { id: user.id, clientId: app.platformKeys[0]?.key ?? '' })}</div>`,
  );
  const options = accountStates.map((state): [string, string] => [state, text.states[state]]);
  const form = actForm(
    'user-state',
    `<input type="hidden" name="id" value="${user.id}">${choice({ label: `<span class="hidden">${text.state}</span>`, name: 'state', options, chosen: user.state })}<button class="small">${text.change}</button>`,
    'single',
  );
  return `<li>${renderAvatar(user, 28)}<span class="thing"><span class="nickname">${nicknameHtml(user.nickname)}</span><small>${user.id}</small>${links.join('')}</span>${form}</li>`;
}
