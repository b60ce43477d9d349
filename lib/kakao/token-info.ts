import { z } from 'zod';
import { byAccessToken, getResource } from './api';
import type { KakaoConfig } from './config';
import { KakaoError } from './errors';
import { readKakaoId } from './user';

/** Whose an access token is, and which Kakao app it was issued to; both decimal strings. */
export interface AccessTokenInfo {
  readonly userId: string | null;
  readonly appId: string;
}

const infoBody = z.object({ id: z.unknown(), app_id: z.bigint().positive() });

/**
 * Asks which app an access token was issued to (rest-api, "Retrieve token information").
 *
 * @throws KakaoError as `readApiError`
 */
export async function fetchAccessTokenInfo(
  config: KakaoConfig,
  accessToken: string,
  deadline: number,
): Promise<AccessTokenInfo> {
  const call = { credential: byAccessToken(accessToken), timeoutMs: 3_000, deadline };
  const body = await getResource(config, '/v1/user/access_token_info', call);
  const info = infoBody.safeParse(body);
  if (!info.success) throw new KakaoError('unavailable', 'Kakao described a token without its app');
  return { userId: readKakaoId(info.data.id), appId: info.data.app_id.toString() };
}
