import { logEvent } from '@/lib/log';
import { withdraw } from '@/lib/login/withdraw';
import { Problem } from '@/lib/problem';
import { assertSameOrigin, requestId } from '@/lib/request';
import { privateJson, route } from '@/lib/route';
import { clearedSessionCookie } from '@/lib/session-cookie';
import { userJson } from '@/lib/user-json';
import { viewerOfRequest } from '@/lib/viewer';
import { wiring } from '@/lib/wiring';

/** Who is signed in, by cookie or by our own token in `Authorization: Bearer`; DELETE is the withdrawal. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async (request) => {
    const viewer = await viewerOfRequest(request);
    if (!viewer) throw new Problem('UNAUTHENTICATED', 'Sign in, or send a valid token of this service.');
    return privateJson(userJson(viewer.user));
  },
  DELETE: async (request) => {
    const { headers } = request;
    const byCookie = headers.get('authorization') === null;
    if (byCookie) assertSameOrigin(headers);
    const viewer = await viewerOfRequest(request);
    if (!viewer) throw new Problem('UNAUTHENTICATED', 'Sign in, or send a valid token of this service.');
    const code = await withdraw(await wiring(), viewer.user);
    logEvent('info', 'withdrawal', { requestId: requestId(headers), code });
    return new Response(null, {
      status: 204,
      headers: {
        'cache-control': 'private, no-store',
        ...(byCookie ? { 'set-cookie': clearedSessionCookie() } : {}),
      },
    });
  },
});
