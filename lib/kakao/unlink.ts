import { postResource } from './api';
import type { KakaoConfig } from './config';
import type { Credential } from './credential';
import { KakaoError } from './errors';

/**
 * Unlinks a person from the app (rest-api, "Unlink"): Kakao withdraws all consents and invalidates all tokens.
 * Somebody who is not linked (−101) is what was wanted.
 *
 * @throws KakaoError `unavailable`, `misconfigured`, `token_unknown`, `account_unusable` (−103), `refused`
 */
export async function unlinkUser(
  config: KakaoConfig,
  credential: Credential,
  deadline: number,
): Promise<void> {
  try {
    await postResource(config, '/v1/user/unlink', credential, { timeoutMs: 3_000, deadline });
  } catch (error) {
    if (!(error instanceof KakaoError) || error.kakaoCode !== '-101') throw error;
  }
}
