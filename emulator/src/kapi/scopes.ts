import { withdraw } from '../account/linking.ts';
import type { JsonObject } from '../json.ts';
import { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { consentStateOf } from '../world/apps.ts';
import { type ConsentItem, consentItems } from '../world/consent-items.ts';
import type { Link } from '../world/links.ts';
import type { World } from '../world/world.ts';
import { identifyCaller } from './caller.ts';
import { parameter, textList } from './parameters.ts';

/** `GET /v2/user/scopes`: what the user has agreed to; `scopes=["…"]` narrows the list. */
export function scopes(request: KakaoRequest, world: World): Reply {
  const { link } = identifyCaller(request, world);
  const filter = parameter(request, 'scopes');
  return jsonReply(scopeList(link, filter === null ? null : textList(filter, 'scopes')));
}

/** `POST /v2/user/revoke/scopes`: withdraws consent to `scopes`; required items are -3, items not agreed to -2. */
export function revokeScopes(request: KakaoRequest, world: World): Reply {
  const { link } = identifyCaller(request, world);
  const named = textList(parameter(request, 'scopes') ?? '', 'scopes');
  if (!named.some((scope) => link.agreed.has(scope))) {
    const list = named.join(', ');
    throw new Refusal(-2, {
      text: `There is no scopes to revoke. check out if given scope id([${list}]) is correct again.`,
    });
  }
  const required = named.find((scope) => consentStateOf(link.app, scope) === 'required');
  if (required !== undefined)
    throw new Refusal(-3, {
      text: `[${required}] is not revocable. check out if it's set as required on developers.kakao.com`,
    });
  withdraw(world, link, named);
  return jsonReply(scopeList(link, null));
}

/** The items that the app uses or the user once agreed to, filtered by `only`. */
function scopeList(link: Link, only: readonly string[] | null): JsonObject {
  const items = consentItems.filter(
    (item) => isListed(item, link) && (only === null || only.includes(item.id)),
  );
  return { id: BigInt(link.userId), scopes: items.map((item) => entry(item, link)) };
}

function isListed(item: ConsentItem, link: Link): boolean {
  return consentStateOf(link.app, item.id) !== 'off' || link.agreed.has(item.id);
}

function entry(item: ConsentItem, link: Link): JsonObject {
  const state = consentStateOf(link.app, item.id);
  const agreed = link.agreed.has(item.id);
  return {
    id: item.id,
    display_name: item.label.ko,
    type: item.type,
    using: state !== 'off',
    agreed,
    ...(agreed ? { revocable: state !== 'required' } : {}),
  };
}
