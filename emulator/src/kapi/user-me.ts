import type { JsonObject } from '../json.ts';
import { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { consentStateOf } from '../world/apps.ts';
import { friendUuid, isPreregistered, type Link } from '../world/links.ts';
import type { World } from '../world/world.ts';
import { identifyAnyCaller } from './caller.ts';
import { accountFields, profileFields } from './kakao-account.ts';
import { parameter } from './parameters.ts';
import { readPropertyKeys, selectProperties } from './property-keys.ts';
import { propertiesOf } from './user-properties.ts';

/**
 * `GET|POST /v2/user/me`: the user's data as far as agreed to, by token or by admin key.
 * Parameters `secure_resource` and `property_keys`; a wrong key of the latter is -201.
 */
export function userMe(request: KakaoRequest, world: World): Reply {
  const { link } = identifyAnyCaller(request, world);
  const secure = parameter(request, 'secure_resource') ?? 'false';
  if (secure !== 'true' && secure !== 'false')
    throw new Refusal(-2, { text: 'secure_resource must be true or false' });
  const user = userJson(link, secure === 'true', world);
  const keys = parameter(request, 'property_keys');
  return jsonReply(keys === null ? user : selectProperties(user, readPropertyKeys(keys, link.app)));
}

/** The complete answer about one user. */
export function userJson(link: Link, secure: boolean, world: World): JsonObject {
  const account = { ...profileFields(link, secure, world), ...accountFields(link) };
  const hasAccount = Object.keys(account).length > 0;
  return {
    id: BigInt(link.userId),
    connected_at: isoSeconds(link.connectedAt),
    ...(link.synchedAt === null ? {} : { synched_at: isoSeconds(link.synchedAt) }),
    ...(link.app.manualSignup ? { has_signed_up: !isPreregistered(link) } : {}),
    ...registeredFields(link, secure, world),
    ...(hasAccount ? { kakao_account: account } : {}),
  };
}

/** What a preregistered user does not have. */
function registeredFields(link: Link, secure: boolean, world: World): JsonObject {
  if (isPreregistered(link)) return {};
  const properties = propertiesOf(link, secure, world);
  // Kakao sends it only to apps with the permission for Kakao Talk friends.
  const hasUuid = consentStateOf(link.app, 'friends') !== 'off';
  return {
    ...(Object.keys(properties).length > 0 ? { properties } : {}),
    ...(hasUuid ? { for_partner: { uuid: friendUuid(link.app, link.user) } } : {}),
  };
}

/** RFC 3339 in UTC without fractions, as Kakao writes times. */
export function isoSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
