/** Choices that Kakao's documentation leaves open, or that a test needs. Times are in seconds. */
export interface Settings {
  /** Whether KOE237 is given after 20 access tokens in 10 minutes for one user. Off, because tests log in often. */
  tokenRateLimit: boolean;
  /** Whether KOE201–KOE207 (but for a missing redirect URI) are pages or redirects with `error`; Kakao's documents do not say. */
  authorizeErrors: 'page' | 'redirect';
  /** HTTP status of KOE pages. */
  koePageStatus: number;
  /** By KOE code: what replaces parts of its usual answer; `%s` in `description` is the value of the request. */
  koeAnswers: Readonly<Record<string, KoeAnswer>>;
  /** Whether authorize refuses a parameter that Kakao does not document with KOE204. */
  unknownParameters: 'ignore' | 'refuse';
  /** What a linked user gets for a `scope` whose items were all agreed to. */
  nothingLeftToAsk: 'code' | 'page';
  /** Whether a refused exchange (KOE114, KOE303, KOE313) uses the code up too. */
  codeUsedUpBy: 'success' | 'any_answer';
  /** Whether refreshing revokes the earlier access tokens of that login. */
  refresh: 'keeps_access' | 'revokes_access';
  /** What `/v1/user/logout` by token ends: the access and refresh tokens of that login, the token, or all of the user. */
  logout: 'login' | 'token' | 'user';
  /** Whether logging out with the Kakao Account revokes the app's tokens. */
  accountLogout: 'keeps_tokens' | 'revokes_tokens';
  /** Whether the user API takes an access token in the query too: undocumented, but passport-kakao sends nothing else. */
  accessTokenInQuery: 'accept' | 'refuse';
  mostLogoutRedirectUris: number;
  /** `cdn`: picture addresses as Kakao's, drawn by the emulator under the same path; `local`: at the emulator. */
  pictures: 'cdn' | 'local';
  codeLifetimeSeconds: number;
  /** Of a REST API key; also the ID token's, as for the other keys. */
  accessTokenLifetimeSeconds: number;
  javascriptAccessTokenLifetimeSeconds: number;
  nativeAccessTokenLifetimeSeconds: number;
  refreshTokenLifetimeSeconds: number;
  /** Calls of all user APIs that an app may make in a month, then -10. */
  monthlyQuota: number;
  /** Calls of `/v1/user/ids` that an app may make in a minute, then -10 with HTTP 429. */
  userIdsPerMinute: number;
  /** The answer of `/v2/app/users`: Kakao's samples show an array, its table of fields `{"elements": […]}`. */
  appUsersAnswer: 'array' | 'elements';
  /** How an API answers when the user has not agreed to its consent item: a flag, or -402. */
  missingConsent: 'flag' | 'error';
  /** How long an app has to answer a webhook; 3000 at Kakao. Real time, whatever the clock says. */
  webhookTimeoutMs: number;
  /** `iss` of security event tokens; `null` for the issuer of ID tokens. */
  eventIssuer: string | null;
  /** `aud` of security event tokens: most receivers saw the REST API key. `rest_keys` is the list of all. */
  eventAudience: 'rest_key' | 'rest_keys' | 'app_id';
  /** The name of the transaction claim: receivers read `txm`, RFC 8417 says `txn`. */
  eventTransactionClaim: 'txm' | 'txn';
  /** Whether security event tokens have `app_id`; one receiver saw it. */
  eventAppIdClaim: boolean;
}

/** Changes to the answer of one KOE code. */
interface KoeAnswer {
  readonly status?: number;
  readonly error?: string;
  readonly description?: string;
}

/** The lifetimes are 6, 2 and 12 hours by type of key and 60 days, less a second each, and 10 minutes for codes. */
export function defaultSettings(changes: Partial<Settings> = {}): Settings {
  return {
    tokenRateLimit: false,
    authorizeErrors: 'page',
    koePageStatus: 400,
    koeAnswers: {},
    unknownParameters: 'ignore',
    nothingLeftToAsk: 'code',
    codeUsedUpBy: 'success',
    refresh: 'keeps_access',
    logout: 'login',
    accountLogout: 'keeps_tokens',
    accessTokenInQuery: 'accept',
    mostLogoutRedirectUris: 10,
    pictures: 'cdn',
    codeLifetimeSeconds: 600,
    accessTokenLifetimeSeconds: 21_599,
    javascriptAccessTokenLifetimeSeconds: 7_199,
    nativeAccessTokenLifetimeSeconds: 43_199,
    refreshTokenLifetimeSeconds: 5_183_999,
    monthlyQuota: 3_000_000,
    userIdsPerMinute: 100,
    appUsersAnswer: 'array',
    missingConsent: 'flag',
    webhookTimeoutMs: 3_000,
    eventIssuer: null,
    eventAudience: 'rest_key',
    eventTransactionClaim: 'txm',
    eventAppIdClaim: true,
    ...changes,
  };
}
