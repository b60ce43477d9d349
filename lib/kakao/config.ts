import { type AuthorizationServer, type Client, clockTolerance } from 'oauth4webapi';

/** What one request took: `path` of its address, `status` of its answer or `null` when there was no whole one. */
export interface KakaoCallTiming {
  readonly path: string;
  readonly status: number | null;
  readonly ms: number;
}

export type ObserveKakao = (timing: KakaoCallTiming) => void;

/**
 * Everything the protocol code needs to know about one Kakao app.
 *
 * `clientId` is the REST API key, `appId` the numeric app id in decimal digits, `adminKey` an admin key of the
 * app, for calls about people who have no token here. Origins are without a trailing slash; the browser is sent to
 * `authOrigin`, and this server asks for tokens and keys at `authServerOrigin`, the same Kakao under another name.
 */
export interface KakaoConfig {
  readonly clientId: string;
  readonly clientSecret: string | undefined;
  readonly appId: string | undefined;
  readonly adminKey: string | undefined;
  readonly redirectUri: string;
  readonly scope: string | undefined;
  readonly authOrigin: string;
  readonly authServerOrigin: string;
  readonly apiOrigin: string;
  readonly issuer: string;
  /** Told of every request to `authServerOrigin` and `apiOrigin`. */
  readonly observe?: ObserveKakao;
}

/** Whether this app asks for OpenID Connect, so that a login without an ID token is an error. */
export function requiresIdToken(config: KakaoConfig): boolean {
  return config.scope?.split(' ').includes('openid') ?? false;
}

/** Kakao's authorization server as RFC 8414 metadata; fixed, so nothing is fetched before a login. */
export function authorizationServer(config: KakaoConfig): AuthorizationServer {
  return {
    issuer: config.issuer,
    token_endpoint: `${config.authServerOrigin}/oauth/token`,
    jwks_uri: `${config.authServerOrigin}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

/** Our app as OAuth client; clocks may differ by five seconds. */
export function client(config: KakaoConfig): Client {
  return { client_id: config.clientId, id_token_signed_response_alg: 'RS256', [clockTolerance]: 5 };
}

/**
 * Whether this can be the id of a consent item, such as `account_email`. `constructor` and the like cannot: every
 * object has them, so that a lookup in a table of names would find them.
 */
export function isScopeId(text: string): boolean {
  return /^[a-z_]{1,64}$/.test(text) && !(text in Object.prototype);
}
