import { kakaoAccessToken } from '../account/kakao-tokens';
import { wiring } from './wiring';

/**
 * A usable Kakao access token of one of our users, for Kakao's other APIs; needs `KAKAO_STORE_TOKENS=1`. Refreshed
 * when it has run out: once, however many ask at the same time. `null` when the person has to log in again.
 *
 * @throws KakaoError `transient` when Kakao does not answer: nothing is lost, try again later
 */
export async function getKakaoAccessToken(userId: string): Promise<string | null> {
  return kakaoAccessToken(await wiring(), userId);
}
