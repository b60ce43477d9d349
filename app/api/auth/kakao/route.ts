import { loginProblem, readAccessToken } from '@/lib/http/access-token';
import { userJson } from '@/lib/http/json-views';
import { Problem } from '@/lib/http/problem';
import { limitRate } from '@/lib/http/rate-limit';
import { deviceOf, readBody } from '@/lib/http/request';
import { privateJson, route } from '@/lib/http/route';
import { signInWithToken } from '@/lib/login/sign-in-with-token';
import { wiring } from '@/lib/server/wiring';

/** The back-end flow for tokens that a device got from Kakao: `Authorization: Bearer <access token>`. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: async (request) => {
    const { headers } = request;
    await readBody(request);
    const wait = await limitRate('api', headers);
    if (wait) throw new Problem('TOO_MANY_REQUESTS', `Try again in ${wait} s.`, { 'retry-after': `${wait}` });
    const accessToken = readAccessToken(headers);
    const deps = await wiring();
    const signedIn = await signInWithToken(deps, accessToken, deviceOf(headers)).catch((error: unknown) => {
      throw loginProblem(error, accessToken, headers);
    });
    const body = {
      message: 'SUCCESS',
      access_token: signedIn.token,
      token_type: 'bearer',
      expires_in: signedIn.expiresAt - Math.floor(Date.now() / 1_000),
      is_new_user: signedIn.isNewUser,
      user: userJson(signedIn.user),
    };
    return privateJson(body, [['set-cookie', deps.cookies.session.set(signedIn)]]);
  },
});
