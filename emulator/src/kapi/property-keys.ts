import { isObject, type JsonObject } from '../json.ts';
import { Refusal } from '../refusals/refusal.ts';
import type { App } from '../world/apps.ts';
import { fieldSets } from './kakao-account.ts';
import { textList } from './parameters.ts';
import { isUserProperty } from './user-properties.ts';

const topFields = [
  'id',
  'connected_at',
  'synched_at',
  'has_signed_up',
  'properties',
  'kakao_account',
  'for_partner',
];

/** The members of `profile`, which come together, and the branch itself. */
const profileKeys =
  /^profile\.(nickname|profile_image_url|thumbnail_image_url|is_default_image|is_default_nickname)?$/;

/** The list in `property_keys`, or -2 when it is none, or -201 for a key that names no field. */
export function readPropertyKeys(parameter: string, app: App): readonly string[] {
  const keys = textList(parameter, 'property_keys');
  const unknown = keys.find((key) => !isKnown(key, app));
  if (unknown !== undefined) throw new Refusal(-201, { text: `unknown key [${unknown}]` });
  return keys;
}

/**
 * The part of a `/v2/user/me` answer that `property_keys` select; `id` always stays. A trailing dot selects a whole
 * branch, and the fields of one consent item come together.
 */
export function selectProperties(user: JsonObject, keys: readonly string[]): JsonObject {
  const propertyNames = keys.map((key) => key.replace(/^properties\./, ''));
  const account = branch(user, keys, { name: 'kakao_account', members: accountNames(keys) });
  const properties = branch(user, keys, { name: 'properties', members: propertyNames });
  const top = Object.fromEntries(
    Object.entries(user).filter(([name]) => name === 'id' || keys.includes(name)),
  );
  return { ...top, ...properties, ...account };
}

function isKnown(key: string, app: App): boolean {
  if (topFields.includes(key) || key === 'kakao_account.' || key === 'properties.') return true;
  if (key.startsWith('properties.')) return isUserProperty(app, key.slice('properties.'.length));
  return key.startsWith('kakao_account.') && setOf(key.slice('kakao_account.'.length)) !== undefined;
}

function accountNames(keys: readonly string[]): string[] {
  return keys.flatMap((key) => [...(setOf(key.replace(/^kakao_account\./, '')) ?? [])]);
}

function setOf(key: string): readonly string[] | undefined {
  const name = profileKeys.test(key) ? 'profile' : key;
  return fieldSets.find((set) => set.includes(name));
}

function branch(
  user: JsonObject,
  keys: readonly string[],
  { name, members }: { name: string; members: readonly string[] },
): JsonObject {
  const value = user[name];
  if (!isObject(value)) return {};
  if (keys.includes(name) || keys.includes(`${name}.`)) return { [name]: value };
  const chosen = Object.entries(value).filter(([member]) => members.includes(member));
  return chosen.length > 0 ? { [name]: Object.fromEntries(chosen) } : {};
}
