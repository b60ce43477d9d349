import type { JsonObject } from '../server/json.ts';
import { consentStateOf } from '../world/apps.ts';
import type { Link } from '../world/links.ts';
import { pictureUrl } from '../world/picture-url.ts';
import type { World } from '../world/world.ts';
import { needsAgreement } from './account-fields.ts';

/** `profile` with its two `…_needs_agreement` fields; `profile` is absent while neither item is agreed to. */
export function profileFields(link: Link, secure: boolean, world: World): JsonObject {
  const nickname = nicknameFields(link);
  const image = imageFields(link, secure, world);
  const profile = { ...nickname.profile, ...image.profile };
  const isEmpty = Object.keys(profile).length === 0;
  return { ...nickname.flags, ...image.flags, ...(isEmpty ? {} : { profile: inKakaoOrder(profile) }) };
}

interface Part {
  readonly flags: JsonObject;
  readonly profile: JsonObject;
}

const nothing: Part = { flags: {}, profile: {} };

function nicknameFields({ app, user, agreed }: Link): Part {
  if (consentStateOf(app, 'profile_nickname') === 'off') return nothing;
  const flags = {
    profile_nickname_needs_agreement: user.nickname !== null && !agreed.has('profile_nickname'),
  };
  if (!agreed.has('profile_nickname') || user.nickname === null) return { flags, profile: {} };
  return { flags, profile: { nickname: user.nickname, is_default_nickname: user.isDefaultNickname } };
}

function imageFields(link: Link, secure: boolean, world: World): Part {
  if (consentStateOf(link.app, 'profile_image') === 'off') return nothing;
  const flags = { profile_image_needs_agreement: needsAgreement(link, 'profile_image', true) };
  if (!link.agreed.has('profile_image')) return { flags, profile: {} };
  const profile = {
    thumbnail_image_url: pictureUrl(link.user, 110, secure, world),
    profile_image_url: pictureUrl(link.user, 640, secure, world),
    is_default_image: link.user.isDefaultImage,
  };
  return { flags, profile };
}

function inKakaoOrder({ is_default_nickname, ...rest }: JsonObject): JsonObject {
  return is_default_nickname === undefined ? rest : { ...rest, is_default_nickname };
}
