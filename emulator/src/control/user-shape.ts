import { accountStates } from '../world/users.ts';
import { instant, userId } from './fields.ts';
import {
  component,
  flag,
  inWords,
  list,
  object,
  oneOf,
  orNull,
  partial,
  type TypeOf,
  text,
  textLike,
  texts,
  whole,
} from './schema.ts';

/** Age ranges of `/v2/user/me`; SDKs also know `0~9`. */
const ageRanges = '0~9 1~9 10~14 15~19 20~29 30~39 40~49 50~59 60~69 70~79 80~89 90~'.split(' ');

const addressMembers = {
  id: whole(1),
  name: text,
  isDefault: flag,
  updatedAt: whole(0),
  type: oneOf('NEW', 'OLD'),
  baseAddress: text,
  detailAddress: text,
  receiverName: text,
  receiverPhoneNumber1: text,
  receiverPhoneNumber2: text,
  zoneNumber: text,
  zipCode: text,
};

/** A shipping address; what it leaves out is filled in. */
const shippingAddress = inWords(
  `be an object of ${Object.keys(addressMembers).join(', ')}`,
  partial(addressMembers),
);

/** The settings of an account. */
export const userSettings = partial({
  nickname: orNull(text),
  isDefaultNickname: flag,
  isDefaultImage: flag,
  email: orNull(text),
  isEmailValid: flag,
  isEmailVerified: flag,
  name: orNull(text),
  gender: oneOf('female', 'male', null),
  ageRange: oneOf(...ageRanges, null),
  birthyear: orNull(textLike(/^\d{4}$/, 'be a year, YYYY')),
  birthday: orNull(textLike(/^(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/, 'be a day, MMDD')),
  birthdayType: oneOf('SOLAR', 'LUNAR'),
  isLeapMonth: flag,
  phoneNumber: orNull(text),
  ci: orNull(text),
  ciAuthenticatedAt: orNull(instant),
  shippingAddresses: list(shippingAddress),
  under14: flag,
  state: oneOf(...accountStates),
  declines: texts,
  description: inWords('be an object of texts, ko and en', partial({ ko: text, en: text })),
});

export type UserChanges = TypeOf<typeof userSettings>;

/** The body that makes an account. */
export const newUser = partial({ id: userId, ...userSettings.members });
export type NewUser = TypeOf<typeof newUser>;

/** An account in an answer. */
export const user = component('User', object(newUser.members));
