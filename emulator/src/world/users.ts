import type { Bilingual } from './consent-items.ts';

export const accountStates = ['active', 'dormant', 'blocked'] as const;
type AccountState = (typeof accountStates)[number];

/** One Kakao Account. `null` means that the account has no such value. */
export interface User {
  /** Decimal text, because it may exceed 2^53. The service user id in the first default app; others have their own. */
  id: string;
  nickname: string | null;
  isDefaultNickname: boolean;
  isDefaultImage: boolean;
  email: string | null;
  isEmailValid: boolean;
  isEmailVerified: boolean;
  name: string | null;
  gender: 'female' | 'male' | null;
  ageRange: string | null;
  /** `YYYY`. */
  birthyear: string | null;
  /** `MMDD`. */
  birthday: string | null;
  birthdayType: 'SOLAR' | 'LUNAR';
  isLeapMonth: boolean;
  phoneNumber: string | null;
  /** Connecting information (연계정보, CI), and when it was authenticated (RFC 3339). */
  ci: string | null;
  ciAuthenticatedAt: string | null;
  shippingAddresses: ShippingAddress[];
  under14: boolean;
  state: AccountState;
  /** Scope ids that this person declines whatever button is pressed. */
  declines: readonly string[];
  /** What makes this persona interesting, for the account picker. */
  description: Bilingual;
}

/** An ordinary account with everything filled in, changed by `differences`. */
export function makeUser(id: string, differences: Partial<Omit<User, 'id'>>): User {
  return {
    id,
    nickname: '새 사용자',
    isDefaultNickname: false,
    isDefaultImage: false,
    email: `user${id.slice(-4)}@example.com`,
    isEmailValid: true,
    isEmailVerified: true,
    name: '김새벽',
    gender: 'female',
    ageRange: '20~29',
    birthyear: '2001',
    birthday: '1130',
    birthdayType: 'SOLAR',
    isLeapMonth: false,
    phoneNumber: '+82 10-0000-0000',
    ci: `emu/CI/${id.padStart(19, '0')}/${'0'.repeat(59)}==`,
    ciAuthenticatedAt: '2025-01-01T00:00:00Z',
    shippingAddresses: [],
    under14: false,
    state: 'active',
    declines: [],
    description: { ko: '추가한 사용자', en: 'An added user' },
    ...differences,
  };
}

/** The most accounts, so that memory stays bounded. */
export const MOST_USERS = 20_000;

/** Whether this account still exists; its id may belong to another one by now. */
export function hasAccount(user: User, { users }: { readonly users: ReadonlyMap<string, User> }): boolean {
  return users.get(user.id) === user;
}

/** An id of ten digits that no user has yet. */
export function freeUserId(users: ReadonlyMap<string, User>): string {
  let id = 3_990_000_001;
  while (users.has(String(id))) id += 1;
  return String(id);
}

/** One shipping address (배송지) of a Kakao Account. */
export interface ShippingAddress {
  readonly id: number;
  readonly name: string;
  readonly isDefault: boolean;
  /** Unix seconds. */
  readonly updatedAt: number;
  /** Addressed by road (`NEW`) or by lot number (`OLD`). */
  readonly type: 'NEW' | 'OLD';
  readonly baseAddress: string;
  readonly detailAddress: string;
  readonly receiverName: string;
  readonly receiverPhoneNumber1: string;
  readonly receiverPhoneNumber2: string;
  /** Five digits. */
  readonly zoneNumber: string;
  /** Six digits with a hyphen, as until 2015. */
  readonly zipCode: string;
}

/** An address with everything filled in, changed by `differences`. */
export function makeShippingAddress(differences: Partial<ShippingAddress>): ShippingAddress {
  return {
    id: 1,
    name: '집',
    isDefault: false,
    updatedAt: 1_767_225_600,
    type: 'NEW',
    baseAddress: '경기 성남시 분당구 판교역로 1',
    detailAddress: '101호',
    receiverName: '김새벽',
    receiverPhoneNumber1: '010-0000-0000',
    receiverPhoneNumber2: '',
    zoneNumber: '13494',
    zipCode: '463-400',
    ...differences,
  };
}

/** Addresses with everything filled in; one without id gets its place in the list. */
export function completeAddresses(addresses: readonly Partial<ShippingAddress>[]): ShippingAddress[] {
  return addresses.map((address, at) => makeShippingAddress({ id: at + 1, isDefault: at === 0, ...address }));
}

/** What decides on the address of a picture. */
interface PictureHost {
  readonly publicUrl: string;
  readonly settings: { readonly pictures: 'cdn' | 'local' };
}

/**
 * The address of a profile picture of 110 or 640 pixels. As at Kakao it is plain http unless `secure`; with the setting
 * `pictures: 'local'` it is drawn by the emulator itself, under the scheme of its public URL.
 */
export function pictureUrl(
  world: PictureHost,
  user: User,
  { size, secure }: { readonly size: 110 | 640; readonly secure: boolean },
): string {
  const picture = user.isDefaultImage ? 'default' : user.id;
  if (world.settings.pictures === 'local')
    return `${world.publicUrl}/__emulator/picture?of=${picture}&size=${size}`;
  const file = user.isDefaultImage ? `default_${size}x${size}.jpeg` : `img_${size}x${size}.jpg`;
  return `${secure ? 'https' : 'http'}://k.kakaocdn.net/dn/emulator/${picture}/${file}`;
}
