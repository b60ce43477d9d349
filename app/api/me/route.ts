import { logEvent } from '@/lib/log';
import { withdraw } from '@/lib/login/withdraw';
import { requestId } from '@/lib/request';
import { noContent, privateJson, route } from '@/lib/route';
import { clearedSessionCookie } from '@/lib/session-cookie';
import { noSilentAttempt } from '@/lib/silent-login';
import { userJson } from '@/lib/user-json';
import { requireViewerOfChange, requireViewerOfRequest } from '@/lib/viewer';
import { wiring } from '@/lib/wiring';

/** Who is signed in, by cookie or by our own token in `Authorization: Bearer`; DELETE is the withdrawal. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async (request) => {
    const { user } = await requireViewerOfRequest(request);
    return privateJson(userJson(user));
  },
  DELETE: async (request) => {
    const { headers } = request;
    const { user } = await requireViewerOfChange(request);
    const code = await withdraw(await wiring(), user);
    logEvent('info', 'withdrawal', { requestId: requestId(headers), code });
    return noContent(
      headers.has('authorization') ? [] : [clearedSessionCookie(), ...noSilentAttempt(headers)],
    );
  },
});
