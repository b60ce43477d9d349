import { createFlowSecrets } from '@/lib/kakao/authorize';
import { accountLogoutUrl } from '@/lib/kakao/logout';
import { signOut } from '@/lib/login/sign-out';
import { assertSameOrigin, readForm } from '@/lib/request';
import { route, seeOther } from '@/lib/route';
import { readSessionCookie } from '@/lib/session/cookie';
import { clearedSessionCookie } from '@/lib/session-cookie';
import { wiring } from '@/lib/wiring';

/** Ends this session, or all of the person's; with `kakao=1` the browser goes on to Kakao's own logout. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => seeOther('/account'),
  POST: async (request) => {
    assertSameOrigin(request.headers);
    const form = await readForm(request);
    const deps = await wiring();
    const token = readSessionCookie(deps.cookies, request.headers.get('cookie'));
    await signOut(deps, token, form.get('everywhere') === '1');
    const atKakao = form.get('kakao') === '1';
    const location = atKakao ? accountLogoutUrl(deps.kakao, createFlowSecrets().state) : '/login';
    return seeOther(location, [clearedSessionCookie()]);
  },
});
