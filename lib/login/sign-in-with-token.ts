import { byAccessToken } from '../kakao/api';
import { fetchAccessTokenInfo } from '../kakao/token-info';
import { fetchUser } from '../kakao/user';
import { type Device, type LoginDeps, loginBudgetMs } from './deps';
import { LoginError, toLoginError } from './errors';
import { type SignedIn, signIn } from './sign-in';

/**
 * Signs in the person of a Kakao access token that a device handed over. The token must have been issued
 * to our own app: any other app's token would let its operator in as every user they share with us.
 * The profile is asked for only when that is settled. Whoever has left and is not unlinked at Kakao yet gets a new
 * account only if they asked for it (`isRejoining`): the app may have kept the token from before.
 *
 * @throws LoginError
 */
export async function signInWithToken(
  deps: LoginDeps,
  accessToken: string,
  { device, isRejoining = false }: { readonly device: Device; readonly isRejoining?: boolean },
): Promise<SignedIn> {
  const { kakao } = deps;
  const startedAt = deps.now();
  if (!kakao.appId) throw new LoginError('misconfigured', new Error('KAKAO_APP_ID is not set'));
  const deadline = Date.now() + loginBudgetMs;
  try {
    const info = await fetchAccessTokenInfo(kakao, accessToken, deadline);
    if (info.appId !== kakao.appId) throw new LoginError('another_app');
    const person = await fetchUser(kakao, byAccessToken(accessToken), deadline);
    if (info.userId !== person.id) throw new LoginError('identity_conflict');
    const how = { startedAt, isDeliberate: isRejoining, isInteractive: true };
    return await signIn(deps, person, { device, ...how });
  } catch (error) {
    throw toLoginError(error);
  }
}
