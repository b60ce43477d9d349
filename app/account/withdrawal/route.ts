import { hasLeft, needsFreshLogin, withdraw } from '@/lib/account/withdraw';
import { clearedSessionCookie, noSilentAttempt } from '@/lib/http/cookies';
import { assertSameOrigin, requestId } from '@/lib/http/request';
import { route, seeOther } from '@/lib/http/route';
import { viewerOfCookie } from '@/lib/next/viewer';
import { logEvent } from '@/lib/server/log';
import { wiring } from '@/lib/server/wiring';
import { readSessionCookie } from '@/lib/session/cookie';

/** The last button of leaving. A second press finds nobody, and says goodbye as well. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => seeOther('/account/leave'),
  POST: async ({ headers }) => {
    assertSameOrigin(headers);
    const deps = await wiring();
    const cookieHeader = headers.get('cookie');
    const viewer = await viewerOfCookie(cookieHeader);
    if (!viewer) {
      const left = await hasLeft(deps, readSessionCookie(deps.cookies, cookieHeader));
      return seeOther(left ? '/goodbye' : '/login?returnTo=/account/leave');
    }
    if (needsFreshLogin(viewer, deps.now())) return seeOther('/account/leave/confirm');
    const code = await withdraw(deps, viewer.user);
    logEvent('info', 'withdrawal', { requestId: requestId(headers), code });
    return seeOther(`/goodbye?kakao=${code}`, [clearedSessionCookie(), ...noSilentAttempt(headers)]);
  },
});
