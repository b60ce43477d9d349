import { signedOutCookies } from '@/lib/http/cookies';
import { assertSameOrigin, deviceOf, readForm } from '@/lib/http/request';
import { route, seeOther } from '@/lib/http/route';
import { accountLogoutUrl, createFlowSecrets } from '@/lib/kakao/authorize';
import { type SignOutReach, signOut } from '@/lib/login/sign-out';
import { wiring } from '@/lib/server/wiring';

/** Ends this session, or all of the person's; with `kakao=1` the browser goes on to Kakao's own logout. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => seeOther('/account'),
  POST: async (request) => {
    const { headers } = request;
    assertSameOrigin(headers);
    const form = await readForm(request);
    const atKakao = form.get('kakao') === '1';
    const deps = await wiring();
    const tokens = deps.cookies.session.readAll(headers);
    const reach = reachOf(form, atKakao);
    await signOut(deps, { tokens, reach, device: deviceOf(headers) });
    const cookies = signedOutCookies(deps.cookies, headers);
    if (!atKakao) return seeOther('/login', [...cookies, deps.cookies.logout.set(reach, 'here')]);
    const { state } = createFlowSecrets();
    return seeOther(accountLogoutUrl(deps.kakao, state), [...cookies, deps.cookies.logout.set(state)]);
  },
});

function reachOf(form: URLSearchParams, atKakao: boolean): SignOutReach {
  if (form.get('everywhere') === '1') return 'everywhere';
  return atKakao ? 'with_kakao' : 'here';
}
