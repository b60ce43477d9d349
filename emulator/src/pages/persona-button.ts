import type { User } from '../world/users.ts';
import { renderAvatar } from './avatar.ts';
import { escapeHtml, nicknameHtml } from './html.ts';
import type { Language } from './language.ts';

/** The button that signs a persona in, as an item of a list: form field `user`. */
export function renderPersonaButton(user: User, language: Language): string {
  return `<li><button class="person" name="user" value="${user.id}" data-testid="persona-${user.id}">${renderAvatar(user)}<span class="who"><span class="nickname">${nicknameHtml(user.nickname)}</span> <span class="about">${escapeHtml(user.description[language])}</span></span></button></li>`;
}
