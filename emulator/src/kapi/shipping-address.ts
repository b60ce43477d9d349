import type { JsonObject } from '../json.ts';
import { Refusal } from '../refusals/refusal.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { consentStateOf } from '../world/apps.ts';
import { mayRead } from '../world/links.ts';
import type { ShippingAddress } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { identifyCaller } from './caller.ts';
import { needsAgreement } from './kakao-account.ts';
import { parameter } from './parameters.ts';

const SCOPE = 'shipping_address';
const DEFAULT_PAGE_SIZE = 10;
const LEAST_PAGE_SIZE = 2;

/**
 * `GET /v1/user/shipping_address`: the addresses of the account, the default one first, then the newest: `address_id` for
 * one, `from_updated_at` (exclusive) and `page_size` for pages. -3 while the app does not use the consent item; without
 * consent only `shipping_addresses_needs_agreement`, or -402 by the setting `missingConsent`.
 */
export function shippingAddress(request: KakaoRequest, world: World): Reply {
  const { link } = identifyCaller(request, world);
  if (consentStateOf(link.app, SCOPE) === 'off')
    throw new Refusal(-3, { text: `the consent item ${SCOPE} is not enabled for this app` });
  const hasAny = link.user.shippingAddresses.length > 0;
  const needed = needsAgreement(link, SCOPE, hasAny);
  if (needed && world.settings.missingConsent === 'error') {
    const more = { required_scopes: [SCOPE], allowed_scopes: [...link.agreed] };
    throw new Refusal(-402, { more });
  }
  const addresses = hasAny && mayRead(link, SCOPE) ? pageOf(link.user.shippingAddresses, request) : null;
  return jsonReply({
    user_id: BigInt(link.userId),
    shipping_addresses_needs_agreement: needed,
    ...(addresses ? { shipping_addresses: addresses.map(shown) } : {}),
  });
}

function pageOf(all: readonly ShippingAddress[], request: KakaoRequest): readonly ShippingAddress[] {
  const [id, from, size] = ['address_id', 'from_updated_at', 'page_size'].map((name) =>
    whole(parameter(request, name)),
  );
  if (id === undefined || from === undefined || size === undefined)
    throw new Refusal(-2, { text: 'address_id, from_updated_at and page_size must be numbers' });
  if (size !== null && size < LEAST_PAGE_SIZE)
    throw new Refusal(-2, { text: `page_size must be at least ${LEAST_PAGE_SIZE}` });
  if (id !== null) return all.filter((address) => address.id === id);
  const newestFirst = [...all].sort((a, b) => b.updatedAt - a.updatedAt);
  const defaults = newestFirst.filter(({ isDefault }) => isDefault);
  const others = newestFirst.filter(({ isDefault }) => !isDefault);
  const rest = from ? others.filter(({ updatedAt }) => updatedAt < from) : [...defaults, ...others];
  return rest.slice(0, size ?? DEFAULT_PAGE_SIZE);
}

/** `null` when absent, `undefined` when it is not a whole number. */
function whole(text: string | null): number | null | undefined {
  if (text === null) return null;
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function shown(address: ShippingAddress): JsonObject {
  return {
    id: address.id,
    name: address.name,
    is_default: address.isDefault,
    updated_at: address.updatedAt,
    type: address.type,
    base_address: address.baseAddress,
    detail_address: address.detailAddress,
    receiver_name: address.receiverName,
    receiver_phone_number1: address.receiverPhoneNumber1,
    receiver_phone_number2: address.receiverPhoneNumber2,
    zone_number: address.zoneNumber,
    zip_code: address.zipCode,
  };
}
