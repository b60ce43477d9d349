import type { User } from '../world/users.ts';
import { nicknameHtml } from './html.ts';

const hues = ['#f6b73c', '#5aa9a0', '#8d7bd8', '#e2777a', '#5b8fd9', '#7aa95c'];

/** A round picture with the first character of the nickname, drawn as inline SVG. */
export function renderAvatar(user: User, size = 40): string {
  return `<svg class="avatar" viewBox="0 0 40 40" width="${size}" height="${size}" aria-hidden="true"><circle cx="20" cy="20" r="20" fill="${hueOf(user)}"/>${face(user)}</svg>`;
}

/** The colour that belongs to this user. */
function hueOf(user: User): string {
  return user.isDefaultImage ? '#9aa0a6' : (hues[Number(BigInt(user.id) % BigInt(hues.length))] ?? '#9aa0a6');
}

function face(user: User): string {
  if (user.isDefaultImage)
    return '<circle cx="20" cy="16" r="6" fill="#fff"/><path d="M8 34a12 10 0 0 1 24 0" fill="#fff"/>';
  const initial = [...(user.nickname ?? '?')][0] ?? '?';
  const label = nicknameHtml(initial).replace(/<\/?bdi>/g, '');
  return `<text x="20" y="26" text-anchor="middle" font-size="17" font-weight="600" fill="#1e1e1e">${label}</text>`;
}
