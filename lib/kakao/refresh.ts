import * as oauth from 'oauth4webapi';
import { authorizationServer, client } from './authorization-server';
import type { KakaoConfig } from './config';
import { type IssuedTokens, issuedTokens, nonsense, postGrant, toResponse } from './token-endpoint';

/**
 * A new access token for a refresh token (rest-api, "Refresh token"; RFC 6749 6). Kakao sends a new refresh token only
 * when the old one has less than a month left; then the old one is dead. Sent once: a rotation that got lost must not
 * be followed by a second one.
 *
 * @throws KakaoError `code_rejected` (KOE322: the refresh token is dead), `misconfigured`, `unavailable`
 */
export async function refreshTokens(
  config: KakaoConfig,
  refreshToken: string,
  deadline: number,
): Promise<IssuedTokens> {
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
  const answer = await postGrant(config, grant, deadline);
  const [as, us] = [authorizationServer(config), client(config)];
  try {
    return issuedTokens(await oauth.processRefreshTokenResponse(as, us, toResponse(answer)));
  } catch (cause) {
    throw nonsense(cause);
  }
}
