import { withdraw } from '../account/link-app.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { consentStateOf } from '../world/apps.ts';
import type { Link } from '../world/links.ts';
import type { World } from '../world/world.ts';
import { identifyCaller, parameter } from './caller.ts';
import { kapiError } from './error.ts';
import { readTextList } from './property-keys.ts';
import { scopeList } from './scope-list.ts';

/** `POST /v2/user/revoke/scopes`: withdraws consent to `scopes`; required items are -3, items not agreed to -2. */
export function revokeScopes(request: KakaoRequest, world: World): Reply {
  const caller = identifyCaller(request, world);
  if ('status' in caller) return caller;
  const named = readTextList(parameter(request, 'scopes') ?? '');
  if (!named) return kapiError(-2, 'scopes must be a JSON array of texts');
  const refusal = revokeRefusal(caller.link, named);
  if (refusal) return refusal;
  withdraw(world, caller.link, named);
  return jsonReply(scopeList(caller.link, null));
}

function revokeRefusal(link: Link, named: readonly string[]): Reply | undefined {
  if (!named.some((scope) => link.agreed.has(scope))) {
    const list = named.join(', ');
    return kapiError(
      -2,
      `There is no scopes to revoke. check out if given scope id([${list}]) is correct again.`,
    );
  }
  const required = named.find((scope) => consentStateOf(link.app, scope) === 'required');
  if (required === undefined) return undefined;
  return kapiError(
    -3,
    `[${required}] is not revocable. check out if it's set as required on developers.kakao.com`,
  );
}
