import { withdraw } from '@/lib/account/withdraw';
import { signedOutCookies } from '@/lib/http/cookies';
import { userJson } from '@/lib/http/json-views';
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
    const { user } = await requireViewerOfChange(request);
    const deps = await wiring();
    const code = await withdraw(deps, user);
    logEvent('info', 'withdrawal', { requestId: requestId(headers), code });
    return noContent(headers.has('authorization') ? [] : signedOutCookies(deps.cookies, headers));
  },
});
