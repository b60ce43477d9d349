import type { JsonObject } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { Link } from '../world/links.ts';
import { pictureUrl } from '../world/picture-url.ts';
import type { World } from '../world/world.ts';
import { accountFields } from './account-fields.ts';
import { identifyCaller, parameter } from './caller.ts';
import { kapiError } from './error.ts';
import { profileFields } from './profile-fields.ts';
import { readTextList, selectProperties, unknownPropertyKey } from './property-keys.ts';

/**
 * `GET|POST /v2/user/me`: the user's data as far as agreed to, by token or by admin key.
 * Parameters `secure_resource` and `property_keys`; a wrong key of the latter is -201.
 */
export function userMe(request: KakaoRequest, world: World): Reply {
  const caller = identifyCaller(request, world);
  if ('status' in caller) return caller;
  const secure = parameter(request, 'secure_resource') ?? 'false';
  if (secure !== 'true' && secure !== 'false') return kapiError(-2, 'secure_resource must be true or false');
  const user = userJson(caller.link, secure === 'true', world);
  const keys = parameter(request, 'property_keys');
  return keys === null ? jsonReply(user) : selectedReply(user, keys);
}

function selectedReply(user: JsonObject, parameter: string): Reply {
  const keys = readTextList(parameter);
  if (!keys) return kapiError(-2, 'property_keys must be a JSON array of texts');
  const unknown = unknownPropertyKey(keys);
  return unknown === undefined
    ? jsonReply(selectProperties(user, keys))
    : kapiError(-201, `unknown key [${unknown}]`);
}

function userJson(link: Link, secure: boolean, world: World): JsonObject {
  const account = { ...profileFields(link, secure, world), ...accountFields(link) };
  const hasAccount = Object.keys(account).length > 0;
  return {
    id: BigInt(link.userId),
    connected_at: isoSeconds(link.connectedAt),
    ...(link.app.legacyFields ? { properties: legacyProperties(link, secure, world) } : {}),
    ...(hasAccount ? { kakao_account: account } : {}),
  };
}

function legacyProperties({ user, agreed }: Link, secure: boolean, world: World): JsonObject {
  const nickname =
    agreed.has('profile_nickname') && user.nickname !== null ? { nickname: user.nickname } : {};
  if (!agreed.has('profile_image')) return nickname;
  return {
    ...nickname,
    profile_image: pictureUrl(user, 640, secure, world),
    thumbnail_image: pictureUrl(user, 110, secure, world),
  };
}

/** RFC 3339 in UTC without fractions, as Kakao writes times. */
function isoSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
