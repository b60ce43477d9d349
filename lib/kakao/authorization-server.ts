import { type AuthorizationServer, type Client, clockTolerance } from 'oauth4webapi';
import type { KakaoConfig } from './config';

/** Kakao's authorization server as RFC 8414 metadata; fixed, so nothing is fetched before a login. */
export function authorizationServer(config: KakaoConfig): AuthorizationServer {
  return {
    issuer: config.issuer,
    token_endpoint: `${config.authOrigin}/oauth/token`,
    jwks_uri: `${config.authOrigin}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
  };
}

/** Our app as OAuth client; five seconds of clock difference are forgiven. */
export function client(config: KakaoConfig): Client {
  return { client_id: config.clientId, id_token_signed_response_alg: 'RS256', [clockTolerance]: 5 };
}
