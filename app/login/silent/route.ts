import { silentAttemptCookies, silentLoginPath } from '@/lib/http/cookies';
import { limitRate } from '@/lib/http/rate-limit';
import { route, seeOther } from '@/lib/http/route';
import { viewerOfCookie } from '@/lib/http/viewer';
import { begin } from '@/lib/login/begin';
import { guestPath, safeReturnTo } from '@/lib/login/return-to';
import { wiring } from '@/lib/server/wiring';

/**
 * One attempt to log in without a page of Kakao's, in KakaoTalk's browser. The cookie goes out before anything is
 * known: whatever happens at Kakao, there is no second attempt in this visit.
 */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  {
    GET: async ({ url, headers }) => {
      const query = new URL(url).searchParams;
      const page = query.get('page') === 'home' ? 'home' : 'login';
      const returnTo = page === 'home' ? '/' : safeReturnTo(query.get('returnTo'));
      const guestTo = guestPath(page, returnTo);
      const cookieHeader = headers.get('cookie');
      if (await viewerOfCookie(headers)) return seeOther(returnTo);
      const deps = await wiring();
      const attempted = silentAttemptCookies(deps.cookies, headers);
      const mayTry =
        silentLoginPath(deps.cookies, headers, { page, returnTo }) !== null && isNavigation(headers);
      if (!mayTry || (await limitRate('login', headers))) return seeOther(guestTo, attempted);
      const begun = begin(deps, { returnTo, guestPage: page, prompt: undefined, cookieHeader });
      return seeOther(begun.location, [...begun.setCookies, ...attempted]);
    },
  },
  { head: false },
);

/** A picture or a script of another site must not begin logins. */
function isNavigation(headers: Headers): boolean {
  return (headers.get('sec-fetch-mode') ?? 'navigate') === 'navigate';
}
