import type { JsonObject } from '../json.ts';
import { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { Link } from '../world/links.ts';
import { mayRead } from '../world/links.ts';
import type { User } from '../world/users.ts';
import { pictureUrl } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { identifyTokenCaller } from './caller.ts';

/** `GET /v1/oidc/userinfo` (OpenID Connect Core 5.3): needs OpenID Connect ON, else -3. */
export function userinfo(request: KakaoRequest, world: World): Reply {
  const { link } = identifyTokenCaller(request, world);
  if (!link.app.oidc) throw new Refusal(-3, { text: 'OpenID Connect is not enabled for this app' });
  return jsonReply({ sub: link.userId, ...claims(link, world) });
}

function claims(link: Link, world: World): JsonObject {
  const { user } = link;
  const nickname = link.properties.get('nickname') ?? link.firstNickname;
  const byScope: readonly (readonly [scope: string, values: JsonObject])[] = [
    ['name', optionalClaim('name', user.name)],
    ['profile_nickname', optionalClaim('nickname', nickname)],
    ['profile_image', { picture: pictureUrl(world, user, { size: 110, secure: true }) }],
    ['account_email', emailClaims(user)],
    ['gender', optionalClaim('gender', user.gender)],
    ['phone_number', user.phoneNumber ? { phone_number: user.phoneNumber, phone_number_verified: true } : {}],
  ];
  const agreedTo = byScope.filter(([scope]) => mayRead(link, scope)).map(([, values]) => values);
  return Object.assign({}, ...agreedTo, optionalClaim('birthdate', birthdate(link))) as JsonObject;
}

function optionalClaim(name: string, value: string | null): JsonObject {
  return value === null ? {} : { [name]: value };
}

function emailClaims(user: User): JsonObject {
  return user.email === null
    ? {}
    : { email: user.email, email_verified: user.isEmailValid && user.isEmailVerified };
}

/** `YYYY-MM-DD`, `YYYY` or `0000-MM-DD`, depending on what was agreed to. */
function birthdate(link: Link): string | null {
  const year = mayRead(link, 'birthyear') ? link.user.birthyear : null;
  const day = mayRead(link, 'birthday') ? link.user.birthday : null;
  return day === null ? year : `${year ?? '0000'}-${day.slice(0, 2)}-${day.slice(2)}`;
}
