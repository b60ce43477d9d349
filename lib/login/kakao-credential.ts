import type { User } from '../db/users';
import { byAccessToken, byAdminKey, type Credential } from '../kakao/credential';
import type { LoginDeps } from './deps';
import { kakaoAccessToken } from './kakao-access-token';

/**
 * By what right Kakao is asked about a user: the admin key if there is one, because it works for everybody; else the
 * person's own token. `null` without either.
 *
 * @throws KakaoError when a token had to be refreshed and could not
 */
export async function kakaoCredential(deps: LoginDeps, user: User): Promise<Credential | null> {
  if (deps.kakao.adminKey !== undefined) return byAdminKey(deps.kakao, user.kakaoId);
  const token = await kakaoAccessToken(deps, user.id);
  return token === null ? null : byAccessToken(token);
}
