/** A sentence in the two languages that the pages speak. */
export interface Bilingual {
  readonly ko: string;
  readonly en: string;
}

/** How an app has set a consent item up in the console ([Kakao Login] > [Consent items]). */
export const consentStates = ['required', 'optional', 'during_use', 'off'] as const;
export type ConsentState = (typeof consentStates)[number];

export interface ConsentItem {
  readonly id: string;
  readonly label: Bilingual;
  readonly type: 'PRIVACY' | 'SERVICE';
}

/**
 * Kakao's catalogue of consent items (scope ids), in the order of the consent screen. `profile` is the combined item of
 * apps made before 2021-06-25; `account_ci` and `plusfriends` are spelt as seen, not as documented.
 */
export const consentItems: readonly ConsentItem[] = [
  { id: 'profile_nickname', label: { ko: '닉네임', en: 'Nickname' }, type: 'PRIVACY' },
  { id: 'profile_image', label: { ko: '프로필 사진', en: 'Profile picture' }, type: 'PRIVACY' },
  {
    id: 'profile',
    label: { ko: '프로필 정보(닉네임/프로필 사진)', en: 'Profile (nickname and picture)' },
    type: 'PRIVACY',
  },
  { id: 'account_email', label: { ko: '카카오계정(이메일)', en: 'Kakao Account (email)' }, type: 'PRIVACY' },
  { id: 'name', label: { ko: '이름', en: 'Name' }, type: 'PRIVACY' },
  { id: 'gender', label: { ko: '성별', en: 'Gender' }, type: 'PRIVACY' },
  { id: 'age_range', label: { ko: '연령대', en: 'Age range' }, type: 'PRIVACY' },
  { id: 'birthday', label: { ko: '생일', en: 'Birthday' }, type: 'PRIVACY' },
  { id: 'birthyear', label: { ko: '출생 연도', en: 'Birth year' }, type: 'PRIVACY' },
  {
    id: 'phone_number',
    label: { ko: '카카오계정(전화번호)', en: 'Kakao Account (phone number)' },
    type: 'PRIVACY',
  },
  { id: 'account_ci', label: { ko: 'CI(연계정보)', en: 'CI (connecting information)' }, type: 'PRIVACY' },
  { id: 'shipping_address', label: { ko: '배송지 정보', en: 'Shipping addresses' }, type: 'PRIVACY' },
  {
    id: 'plusfriends',
    label: { ko: '카카오톡 채널 추가 상태 및 내역', en: 'Kakao Talk Channels added' },
    type: 'PRIVACY',
  },
  {
    id: 'friends',
    label: { ko: '카카오 서비스 내 친구목록', en: 'Friends in Kakao services' },
    type: 'PRIVACY',
  },
  {
    id: 'talk_message',
    label: { ko: '카카오톡 메시지 전송', en: 'Send Kakao Talk messages' },
    type: 'SERVICE',
  },
];

const byId = new Map(consentItems.map((item) => [item.id, item]));

/** The catalogue entry of a scope id, or `undefined` for an id that Kakao does not know. */
export function findConsentItem(id: string): ConsentItem | undefined {
  return byId.get(id);
}

/** One of the service's own terms that Kakao Sync shows on the consent screen. */
export interface ServiceTerm {
  /** The app's name for this version of the text, such as `tos_20260101`. */
  readonly tag: string;
  readonly title: Bilingual;
  readonly required: boolean;
}

/** When a user agreed to a term (Unix milliseconds), and where: on the consent screen, or through the user API. */
export interface TermAgreement {
  readonly at: number;
  readonly by: 'KAUTH' | 'KAPI';
}

/** The tags of a parameter: one text with commas. */
export function tagsIn(parameter: string | null): string[] {
  const tags = (parameter ?? '').split(',').map((tag) => tag.trim());
  return [...new Set(tags)].filter((tag) => tag !== '');
}
