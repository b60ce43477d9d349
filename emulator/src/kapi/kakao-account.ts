import type { JsonObject } from '../json.ts';
import { consentStateOf } from '../world/apps.ts';
import { isPreregistered, type Link, mayRead } from '../world/links.ts';
import type { User } from '../world/users.ts';
import { pictureUrl } from '../world/users.ts';
import type { World } from '../world/world.ts';

/** The fields of `kakao_account` that one consent item gates, apart from `profile`. */
interface Gated {
  readonly scope: string;
  /** The field that gives `X_needs_agreement` its name. */
  readonly field: string;
  /** `null` when the account has no such value. */
  readonly values: (user: User) => JsonObject | null;
}

const gated: readonly Gated[] = [
  { scope: 'name', field: 'name', values: (user) => single('name', user.name) },
  { scope: 'account_email', field: 'email', values: emailValues },
  { scope: 'age_range', field: 'age_range', values: (user) => single('age_range', user.ageRange) },
  { scope: 'birthyear', field: 'birthyear', values: (user) => single('birthyear', user.birthyear) },
  { scope: 'birthday', field: 'birthday', values: birthdayValues },
  { scope: 'gender', field: 'gender', values: (user) => single('gender', user.gender) },
  {
    scope: 'phone_number',
    field: 'phone_number',
    values: (user) => single('phone_number', user.phoneNumber),
  },
  { scope: 'account_ci', field: 'ci', values: ciValues },
];

/** The names of the fields that come as one set when any of them is asked for through `property_keys`. */
export const fieldSets: readonly (readonly string[])[] = [
  ['profile', 'profile_needs_agreement', 'profile_nickname_needs_agreement', 'profile_image_needs_agreement'],
  ['name', 'name_needs_agreement'],
  ['email', 'has_email', 'email_needs_agreement', 'is_email_valid', 'is_email_verified'],
  ['age_range', 'has_age_range', 'age_range_needs_agreement'],
  ['birthyear', 'has_birthyear', 'birthyear_needs_agreement'],
  ['birthday', 'has_birthday', 'birthday_needs_agreement', 'birthday_type', 'is_leap_month'],
  ['gender', 'has_gender', 'gender_needs_agreement'],
  ['phone_number', 'has_phone_number', 'phone_number_needs_agreement'],
  ['ci', 'has_ci', 'ci_needs_agreement', 'ci_authenticated_at'],
];

/**
 * Every field of `kakao_account` except the profile, by the rule of absence: nothing for an item that is off; only
 * `X_needs_agreement: true` for one not agreed to; no value where the account has none. A preregistered user has the
 * e-mail only.
 */
export function accountFields(link: Link): JsonObject {
  let fields: JsonObject = {};
  const isRestricted = isPreregistered(link);
  for (const item of gated) {
    if (isRestricted && item.field !== 'email') continue;
    if (consentStateOf(link.app, item.scope) !== 'off') fields = { ...fields, ...itemFields(item, link) };
  }
  return fields;
}

/** Whether `X_needs_agreement` is true: the user has not agreed, and agreeing would bring a value. */
export function needsAgreement(link: Link, scope: string, hasValue: boolean): boolean {
  return hasValue && !link.agreed.has(scope);
}

function itemFields({ scope, field, values }: Gated, link: Link): JsonObject {
  const value = values(link.user);
  const needed = needsAgreement(link, scope, value !== null);
  const hasLegacy = link.app.legacyFields && field !== 'name';
  const legacy = hasLegacy ? { [`has_${field}`]: value !== null } : {};
  return { ...legacy, [`${field}_needs_agreement`]: needed, ...(needed ? {} : value) };
}

function single(field: string, value: string | null): JsonObject | null {
  return value === null ? null : { [field]: value };
}

function emailValues(user: User): JsonObject | null {
  if (user.email === null) return null;
  return {
    is_email_valid: user.isEmailValid,
    is_email_verified: user.isEmailVerified,
    email: user.isEmailValid ? user.email : masked(user.email),
  };
}

/** An expired address as Kakao shows it: `ka***@kakao.com`. */
function masked(email: string): string {
  return email.replace(/^(.{0,2})[^@]*/, '$1***');
}

function birthdayValues(user: User): JsonObject | null {
  if (user.birthday === null) return null;
  return { birthday: user.birthday, birthday_type: user.birthdayType, is_leap_month: user.isLeapMonth };
}

function ciValues({ ci, ciAuthenticatedAt }: User): JsonObject | null {
  return ci === null ? null : { ci, ...single('ci_authenticated_at', ciAuthenticatedAt) };
}

/** `profile` with a `…_needs_agreement` field for each of its items; `profile` is absent while none is agreed to. */
export function profileFields(link: Link, secure: boolean, world: World): JsonObject {
  const { is_default_nickname, ...rest } = { ...nicknameFields(link), ...imageFields(link, secure, world) };
  const profile = is_default_nickname === undefined ? rest : { ...rest, is_default_nickname };
  const isEmpty = Object.keys(profile).length === 0;
  return { ...needs(link), ...(isEmpty ? {} : { profile }) };
}

function needs(link: Link): JsonObject {
  const items = [
    ['profile', true],
    ['profile_nickname', link.user.nickname !== null],
    ['profile_image', true],
  ] as const;
  const used = items.filter(([scope]) => consentStateOf(link.app, scope) !== 'off');
  return Object.fromEntries(
    used.map(([scope, hasValue]) => [`${scope}_needs_agreement`, needsAgreement(link, scope, hasValue)]),
  );
}

function nicknameFields(link: Link): JsonObject {
  const { nickname, isDefaultNickname } = link.user;
  if (nickname === null || !mayRead(link, 'profile_nickname')) return {};
  return { nickname, is_default_nickname: isDefaultNickname };
}

function imageFields(link: Link, secure: boolean, world: World): JsonObject {
  if (!mayRead(link, 'profile_image')) return {};
  return {
    thumbnail_image_url: pictureUrl(world, link.user, { size: 110, secure }),
    profile_image_url: pictureUrl(world, link.user, { size: 640, secure }),
    is_default_image: link.user.isDefaultImage,
  };
}
