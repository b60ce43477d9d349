/** The four families of account-state events; an app subscribes to families. */
export const eventCategories = ['OAUTH', 'RISC', 'CAEP', 'KAKAO'] as const;
export type EventCategory = (typeof eventCategories)[number];

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

/** Every event that Kakao's account-state webhook knows (developers.kakao.com/docs/ko/kakaologin/callback). */
export const eventTypes: readonly EventType[] = eventCategories.flatMap((category) =>
  names[category].map((name) => ({ name, category, uri: bases[category] + name })),
);

/** The kind of event with this name or URI, if Kakao has one. */
export function findEventType(nameOrUri: string): EventType | undefined {
  return eventTypes.find(({ name, uri }) => name === nameOrUri || uri === nameOrUri);
}
