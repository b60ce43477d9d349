import type { KakaoConfig } from './config';
import { KakaoError } from './errors';

/** On whose authority a user API is called, and about whom: header, and parameters that name the person. */
export interface Credential {
  readonly authorization: string;
  readonly target: Readonly<Record<string, string>>;
}

/** A person's own access token (rest-api, "User authentication"). */
export function byAccessToken(accessToken: string): Credential {
  return { authorization: `Bearer ${accessToken}`, target: {} };
}

/**
 * The app's admin key, about one person (rest-api, "Server authentication"). `kakaoId` is a decimal string.
 *
 * @throws KakaoError `misconfigured` without an admin key
 */
export function byAdminKey({ adminKey }: KakaoConfig, kakaoId: string): Credential {
  if (adminKey === undefined) throw new KakaoError('misconfigured', 'there is no admin key');
  return {
    authorization: `KakaoAK ${adminKey}`,
    target: { target_id_type: 'user_id', target_id: kakaoId },
  };
}

/**
 * The app's admin key, about the app itself.
 *
 * @throws KakaoError `misconfigured` without an admin key
 */
export function asTheApp(config: KakaoConfig): Credential {
  return { ...byAdminKey(config, ''), target: {} };
}
