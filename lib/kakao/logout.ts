import type { KakaoConfig } from './config';

/** Kakao's page that logs out of the service together with the Kakao Account (rest-api, "Log out together"). */
export function accountLogoutUrl(config: KakaoConfig, state: string): string {
  const url = new URL('/oauth/logout', config.authOrigin);
  const back = new URL('/login', config.redirectUri).href;
  url.search = new URLSearchParams({
    client_id: config.clientId,
    logout_redirect_uri: back,
    state,
  }).toString();
  return url.href;
}
