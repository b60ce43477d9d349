import type { JsonObject } from '../server/json.ts';
import { consentStateOf } from '../world/apps.ts';
import { type ConsentItem, consentItems } from '../world/consent-items.ts';
import type { Link } from '../world/links.ts';

/** The answer of `/v2/user/scopes`: the items that the app uses or the user once agreed to, filtered by `only`. */
export function scopeList(link: Link, only: readonly string[] | null): JsonObject {
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
