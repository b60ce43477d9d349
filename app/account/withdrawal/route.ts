import { hasLeft, needsFreshLogin, withdraw } from '@/lib/account/withdraw';
import { leftCookies } from '@/lib/http/cookies';
import { assertSameOrigin, requestId } from '@/lib/http/request';
import { route, seeOther } from '@/lib/http/route';
import { viewerOfCookie } from '@/lib/http/viewer';
import { logEvent } from '@/lib/server/log';
import { wiring } from '@/lib/server/wiring';

/** The last button of leaving. A second press finds nobody, and says goodbye as well. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => seeOther('/account/leave'),
  POST: async ({ headers }) => {
    assertSameOrigin(headers);
    const deps = await wiring();
    const viewer = await viewerOfCookie(headers);
    if (!viewer) {
      const left = await hasLeft(deps, deps.cookies.session.read(headers));
      return seeOther(left ? '/goodbye' : '/login?returnTo=/account/leave');
    }
    if (needsFreshLogin(viewer, deps.now())) return seeOther('/account/leave/confirm');
    const code = await withdraw(deps, viewer.user);
    logEvent('info', 'withdrawal', { requestId: requestId(headers), code });
    return seeOther(`/goodbye?kakao=${code}`, leftCookies(deps.cookies, headers));
  },
});
