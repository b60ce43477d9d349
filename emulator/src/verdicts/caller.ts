import { authorization, parameter } from '../kapi/caller.ts';
import type { KakaoRequest } from '../server/request.ts';
import { findAdminKey } from '../world/admin-keys.ts';
import { serviceUserId } from '../world/service-user-id.ts';
import type { World } from '../world/world.ts';
import { kindOfCredential } from './credential.ts';
import { refusedAccessToken } from './token.ts';

/** -401: what is wrong with the `Authorization` header, or `undefined` if it is right and something else is wrong. */
export function refusedCaller(request: KakaoRequest, world: World): string | undefined {
  if (request.headers.authorization === undefined) return 'no Authorization header was sent';
  const [scheme, credential] = authorization(request);
  if (scheme === 'Bearer') return refusedAccessToken(credential, world);
  if (scheme === 'KakaoAK') return refusedAdminKey(credential, world);
  return kindOfCredential(scheme, world) === 'an access token'
    ? 'the access token was sent without the word Bearer before it'
    : `Authorization begins with ${JSON.stringify(scheme.slice(0, 20))}; Kakao knows "Bearer" and "KakaoAK"`;
}

/** -101: who is not linked. */
export function notLinked(request: KakaoRequest, world: World): string {
  if (authorization(request)[0] === 'Bearer')
    return 'the user is only preregistered: complete the connection with POST /v1/user/signup first';
  const id = parameter(request, 'target_id') ?? '';
  const app = findAdminKey(world.apps, authorization(request)[1])?.app;
  const user = app && [...world.users.values()].find((it) => serviceUserId(app, it) === id);
  return user ? `user ${id} is not linked to app ${app.appId}` : `there is no user ${id} in this app`;
}

function refusedAdminKey(key: string, world: World): string | undefined {
  if (findAdminKey(world.apps, key)) return undefined;
  const kind = kindOfCredential(key, world);
  return kind ? `this is ${kind}, not an admin key` : 'no app has this admin key';
}
