/** What Kakao's documents leave open, or what a test wants different. Times are in seconds. */
export interface Settings {
  /** Whether KOE237 is given after 20 access tokens in 10 minutes for one user. Off, because tests log in often. */
  tokenRateLimit: boolean;
  /** Whether KOE201–KOE207 are pages or redirects with `error`; Kakao's documents do not say. */
  authorizeErrors: 'page' | 'redirect';
  /** `cdn`: picture addresses as Kakao's (they load nothing); `local`: pictures drawn by the emulator. */
  pictures: 'cdn' | 'local';
  codeLifetimeSeconds: number;
  accessTokenLifetimeSeconds: number;
  refreshTokenLifetimeSeconds: number;
}

/** The lifetimes are those of a REST API key: 6 hours and 60 days less a second, and 10 minutes for codes. */
export function defaultSettings(changes: Partial<Settings> = {}): Settings {
  return {
    tokenRateLimit: false,
    authorizeErrors: 'page',
    pictures: 'cdn',
    codeLifetimeSeconds: 600,
    accessTokenLifetimeSeconds: 21_599,
    refreshTokenLifetimeSeconds: 5_183_999,
    ...changes,
  };
}
