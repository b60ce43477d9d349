/**
 * Everything the protocol code needs to know about one Kakao app.
 *
 * `clientId` is the REST API key, `appId` the numeric app id in decimal digits, `adminKey` an admin key of the
 * app, for calls about people who have no token here. Origins are without a trailing slash.
 */
export interface KakaoConfig {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly appId: string | undefined;
  readonly adminKey: string | undefined;
  readonly redirectUri: string;
  readonly scope: string | undefined;
  readonly authOrigin: string;
  readonly apiOrigin: string;
  readonly issuer: string;
}

/** Whether this app asks for OpenID Connect, so that a login without an ID token is an error. */
export function requiresIdToken(config: KakaoConfig): boolean {
  return config.scope?.split(' ').includes('openid') ?? false;
}
