import { createFlowSecrets } from '@/lib/kakao/authorize';
import { accountLogoutUrl } from '@/lib/kakao/logout';
import { type SignOutScope, signOut } from '@/lib/login/sign-out';
import { logoutStateCookie } from '@/lib/logout-state';
import { assertSameOrigin, deviceOf, readForm } from '@/lib/request';
import { route, seeOther } from '@/lib/route';
import { readSessionCookies } from '@/lib/session/cookie';
import { clearedSessionCookie } from '@/lib/session-cookie';
import { noSilentAttempt } from '@/lib/silent-login';
import { wiring } from '@/lib/wiring';

/** Ends this session, or all of the person's; with `kakao=1` the browser goes on to Kakao's own logout. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => seeOther('/account'),
  POST: async (request) => {
    const { headers } = request;
    assertSameOrigin(headers);
    const form = await readForm(request);
    const atKakao = form.get('kakao') === '1';
    const deps = await wiring();
    const tokens = readSessionCookies(deps.cookies, headers.get('cookie'));
    await signOut(deps, { tokens, scope: scopeOf(form, atKakao), device: deviceOf(headers) });
    const cookies = [clearedSessionCookie(), ...noSilentAttempt(headers)];
    if (!atKakao) return seeOther('/login', cookies);
    const { state } = createFlowSecrets();
    return seeOther(accountLogoutUrl(deps.kakao, state), [...cookies, logoutStateCookie(state)]);
  },
});

function scopeOf(form: URLSearchParams, atKakao: boolean): SignOutScope {
  if (form.get('everywhere') === '1') return 'everywhere';
  return atKakao ? 'with_kakao' : 'here';
}
