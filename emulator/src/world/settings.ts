/** What Kakao's documents leave open, or what a test wants different. Times are in seconds. */
export interface Settings {
  /** Whether KOE237 is given after 20 access tokens in 10 minutes for one user. Off, because tests log in often. */
  tokenRateLimit: boolean;
  /** Whether KOE201–KOE207 are pages or redirects with `error`; Kakao's documents do not say. */
  authorizeErrors: 'page' | 'redirect';
  /** `cdn`: picture addresses as Kakao's (they load nothing); `local`: pictures drawn by the emulator. */
  pictures: 'cdn' | 'local';
  codeLifetimeSeconds: number;
  /** Of a REST API key; also the ID token's, as for the other keys. */
  accessTokenLifetimeSeconds: number;
  javascriptAccessTokenLifetimeSeconds: number;
  nativeAccessTokenLifetimeSeconds: number;
  refreshTokenLifetimeSeconds: number;
  /** How long an app has to answer a webhook; 3000 at Kakao. Real time, whatever the clock says. */
  webhookTimeoutMs: number;
  /** `aud` of security event tokens: most receivers saw the REST API key. `rest_keys` is the list of all. */
  eventAudience: 'rest_key' | 'rest_keys' | 'app_id';
  /** The name of the transaction claim: receivers read `txm`, RFC 8417 says `txn`. */
  eventTransactionClaim: 'txm' | 'txn';
  /** Whether security event tokens have `app_id`; one receiver saw it. */
  eventAppIdClaim: boolean;
}

/** The lifetimes are 6, 2 and 12 hours by type of key and 60 days, less a second each, and 10 minutes for codes. */
export function defaultSettings(changes: Partial<Settings> = {}): Settings {
  return {
    tokenRateLimit: false,
    authorizeErrors: 'page',
    pictures: 'cdn',
    codeLifetimeSeconds: 600,
    accessTokenLifetimeSeconds: 21_599,
    javascriptAccessTokenLifetimeSeconds: 7_199,
    nativeAccessTokenLifetimeSeconds: 43_199,
    refreshTokenLifetimeSeconds: 5_183_999,
    webhookTimeoutMs: 3_000,
    eventAudience: 'rest_key',
    eventTransactionClaim: 'txm',
    eventAppIdClaim: true,
    ...changes,
  };
}
