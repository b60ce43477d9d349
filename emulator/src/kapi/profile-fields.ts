import type { JsonObject } from '../server/json.ts';
import { consentStateOf } from '../world/apps.ts';
import type { Link } from '../world/links.ts';
import { pictureUrl } from '../world/picture-url.ts';
import { mayRead } from '../world/readable-items.ts';
import type { World } from '../world/world.ts';
import { needsAgreement } from './account-fields.ts';

/** `profile` with a `…_needs_agreement` field for each of its items; `profile` is absent while none is agreed to. */
export function profileFields(link: Link, secure: boolean, world: World): JsonObject {
  const { is_default_nickname, ...rest } = { ...nicknameFields(link), ...imageFields(link, secure, world) };
  const profile = is_default_nickname === undefined ? rest : { ...rest, is_default_nickname };
  const isEmpty = Object.keys(profile).length === 0;
  return { ...needs(link), ...(isEmpty ? {} : { profile }) };
}

function needs(link: Link): JsonObject {
  const items = [
    ['profile', true],
    ['profile_nickname', link.user.nickname !== null],
    ['profile_image', true],
  ] as const;
  const used = items.filter(([scope]) => consentStateOf(link.app, scope) !== 'off');
  return Object.fromEntries(
    used.map(([scope, hasValue]) => [`${scope}_needs_agreement`, needsAgreement(link, scope, hasValue)]),
  );
}

function nicknameFields(link: Link): JsonObject {
  const { nickname, isDefaultNickname } = link.user;
  if (nickname === null || !mayRead(link, 'profile_nickname')) return {};
  return { nickname, is_default_nickname: isDefaultNickname };
}

function imageFields(link: Link, secure: boolean, world: World): JsonObject {
  if (!mayRead(link, 'profile_image')) return {};
  return {
    thumbnail_image_url: pictureUrl(link.user, 110, secure, world),
    profile_image_url: pictureUrl(link.user, 640, secure, world),
    is_default_image: link.user.isDefaultImage,
  };
}
