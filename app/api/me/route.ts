import { needsFreshLogin, withdraw } from '@/lib/account/withdraw';
import { leftCookies } from '@/lib/http/cookies';
import { userJson } from '@/lib/http/json-views';
import { Problem } from '@/lib/http/problem';
import { requestId } from '@/lib/http/request';
import { noContent, privateJson, route } from '@/lib/http/route';
import { requireViewerOfChange, requireViewerOfRequest } from '@/lib/http/viewer';
import { logEvent } from '@/lib/server/log';
import { wiring } from '@/lib/server/wiring';

/** Who is signed in, by cookie or by our own token in `Authorization: Bearer`; DELETE is the withdrawal. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async (request) => {
    const { user } = await requireViewerOfRequest(request);
    return privateJson(userJson(user));
  },
  DELETE: async (request) => {
    const { headers } = request;
    const viewer = await requireViewerOfChange(request);
    const deps = await wiring();
    const byCookie = !headers.has('authorization');
    if (byCookie && needsFreshLogin(viewer, deps.now())) {
      throw new Problem(
        'FRESH_LOGIN_REQUIRED',
        'Log in again with prompt=login, and repeat this within 10 minutes.',
      );
    }
    const code = await withdraw(deps, viewer.user);
    logEvent('info', 'withdrawal', { requestId: requestId(headers), code });
    return noContent(byCookie ? leftCookies(deps.cookies, headers) : []);
  },
});
