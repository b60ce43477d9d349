import { readAccessToken, refuseLogin } from '@/lib/http/access-token';
import type { SignedInAnswer } from '@/lib/http/answers';
import { userJson } from '@/lib/http/json-views';
import { assertLoginsWithinRate, assertWithinRate } from '@/lib/http/rate-limit';
import { deviceOf, readBody } from '@/lib/http/request';
import { privateJson, route } from '@/lib/http/route';
import { LoginError } from '@/lib/login/errors';
import { signInWithToken } from '@/lib/login/sign-in-with-token';
import { measureLogin } from '@/lib/server/metrics';
import { wiring } from '@/lib/server/wiring';

/** The back-end flow for tokens that a device got from Kakao: `Authorization: Bearer <access token>`. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: async (request) => {
    const { headers } = request;
    // The token is in a header and nothing is read from the body, but one that is too large is refused.
    await readBody(request);
    await assertWithinRate('api', headers);
    const accessToken = readAccessToken(headers);
    await assertLoginsWithinRate();
    const deps = await wiring();
    const isRejoining = new URL(request.url).searchParams.get('rejoin') === '1';
    const how = { device: deviceOf(headers), isRejoining };
    const login = measureLogin('api');
    const signedIn = await login
      .run(() => signInWithToken(deps, accessToken, how))
      .catch((error: unknown) => {
        if (error instanceof LoginError) login.end('failed', error.reason ?? error.code);
        return refuseLogin(error, accessToken, headers);
      });
    login.end('signed_in');
    const body: SignedInAnswer = {
      message: 'SUCCESS',
      access_token: signedIn.token,
      token_type: 'bearer',
      expires_in: signedIn.expiresAt - Math.floor(Date.now() / 1_000),
      is_new_user: signedIn.isNewUser,
      user: userJson(signedIn.user),
    };
    return privateJson(body, { setCookies: [deps.cookies.session.set(signedIn)] });
  },
});
