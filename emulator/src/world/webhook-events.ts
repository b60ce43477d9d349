/** The four families of account-state events; an app subscribes to families. */
export const eventCategories = ['OAUTH', 'RISC', 'CAEP', 'KAKAO'] as const;
type EventCategory = (typeof eventCategories)[number];

/** The webhook settings of an app ([App] > [Webhook]); without a URL nothing is sent. */
export interface WebhookSettings {
  unlinkUrl: string | null;
  unlinkMethod: 'GET' | 'POST';
  accountStateUrl: string | null;
  /** The families of events sent to `accountStateUrl`. At Kakao all but OAUTH need a permission. */
  categories: EventCategory[];
  /** Only notes what would be sent, so that a test can send it late, never or in another order. */
  hold: boolean;
}

/** No URLs, POST, every category, changed by `settings`. */
export function makeWebhookSettings(settings: Partial<WebhookSettings> = {}): WebhookSettings {
  return {
    unlinkUrl: null,
    unlinkMethod: 'POST',
    accountStateUrl: null,
    categories: [...eventCategories],
    hold: false,
    ...settings,
  };
}

const names = {
  OAUTH: [
    'user-linked',
    'user-unlinked',
    'user-scope-consent',
    'user-scope-withdraw',
    'tokens-revoked',
    'token-issued',
    'token-revoked',
  ],
  RISC: [
    'account-purged',
    'account-disabled',
    'account-enabled',
    'account-credential-change-required',
    'credential-compromise',
    'identifier-changed',
    'identifier-recycled',
    'sessions-revoked',
  ],
  CAEP: ['assurance-level-change', 'credential-change'],
  KAKAO: ['user-profile-changed'],
} as const;

/** The last segment of an event URI, such as `user-unlinked`. */
export type EventName = (typeof names)[EventCategory][number];

const bases: Readonly<Record<EventCategory, string>> = {
  OAUTH: 'https://schemas.openid.net/secevent/oauth/event-type/',
  RISC: 'https://schemas.openid.net/secevent/risc/event-type/',
  CAEP: 'https://schemas.openid.net/secevent/caep/event-type/',
  KAKAO: 'https://schemas.kakao.com/platevent/kakao/event-type/',
};

/** One kind of event, with the URI that stands in `events` of a security event token (RFC 8417). */
export interface EventType {
  readonly name: EventName;
  readonly category: EventCategory;
  readonly uri: string;
}

/** Every event of Kakao's account-state webhook (developers.kakao.com/docs/ko/kakaologin/callback). */
export const eventTypes: readonly EventType[] = eventCategories.flatMap((category) =>
  names[category].map((name) => ({ name, category, uri: bases[category] + name })),
);

/** The kind of event with this name or URI, if Kakao has one. */
export function findEventType(nameOrUri: string): EventType | undefined {
  return eventTypes.find(({ name, uri }) => name === nameOrUri || uri === nameOrUri);
}

/** `referrer_type` of the unlink webhook (developers.kakao.com/docs/ko/kakaologin/callback). */
export const referrerTypes = [
  'ACCOUNT_DELETE',
  'FORCED_ACCOUNT_DELETE',
  'UNLINK_FROM_APPS',
  'UNLINK_FROM_ADMIN',
  'INCOMPLETE_SIGN_UP',
] as const;
export type ReferrerType = (typeof referrerTypes)[number];

/** `reason` of the event `user-unlinked`: also the app's own unlink, which has no unlink webhook. */
export const unlinkReasons = [
  ...referrerTypes,
  'UNLINK_FROM_SERVICE',
  'REVOKE_ACCOUNT_SERVICE_TERMS',
] as const;
export type UnlinkReason = (typeof unlinkReasons)[number];

/** Whether the unlink webhook has this reason. */
export function isReferrerType(reason: string): reason is ReferrerType {
  return referrerTypes.some((type) => type === reason);
}
