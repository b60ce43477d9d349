import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { makeUser, type User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { escapeHtml, nicknameHtml } from './html.ts';
import type { Language } from './language.ts';
import { drawPng } from './png.ts';

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

/** The button that signs a persona in, as an item of a list: form field `user`. */
export function renderPersonaButton(user: User, language: Language): string {
  return `<li><button class="person" name="user" value="${user.id}" data-testid="persona-${user.id}">${renderAvatar(user)}<span class="who"><span class="nickname">${nicknameHtml(user.nickname)}</span> <span class="about">${escapeHtml(user.description[language])}</span></span></button></li>`;
}

/** `GET /__emulator/picture?of=<user id>|default&size=110|640`: a profile picture as SVG. */
export function picture(request: KakaoRequest, world: World): Reply {
  const user = world.users.get(request.query.get('of') ?? '') ?? makeUser('0', { isDefaultImage: true });
  const size = request.query.get('size') === '640' ? 640 : 110;
  const svg = renderAvatar(user, size).replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');
  return {
    status: 200,
    headers: { 'Content-Type': 'image/svg+xml', 'Cross-Origin-Resource-Policy': 'cross-origin' },
    text: svg,
  };
}

/**
 * `GET /dn/emulator/<user id>|default/img_640x640.jpg`: what would be at the address of a picture at Kakao, for an app
 * that asks here in place of Kakao's hosts. A PNG, because the type of an answer counts and not its name.
 */
export function cdnPicture({ path }: KakaoRequest, world: World): Reply {
  const [, of = '', size = ''] = /^\/dn\/emulator\/(\w+)\/[a-z]+_(110|640)x\2\.jpe?g$/.exec(path) ?? [];
  const user = of === 'default' ? makeUser('0', { isDefaultImage: true }) : world.users.get(of);
  if (!user) return { status: 404, headers: { 'Content-Type': 'text/plain' }, text: 'no such picture' };
  const hue = Number.parseInt(hueOf(user).slice(1), 16);
  const ground = [hue >> 16, (hue >> 8) & 0xff, hue & 0xff] as const;
  return { status: 200, headers: { 'Content-Type': 'image/png' }, bytes: drawPng(ground, Number(size)) };
}
