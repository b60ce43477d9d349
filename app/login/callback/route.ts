import type { Cookies } from '@/lib/http/cookies';
import { limitRate } from '@/lib/http/rate-limit';
import { deviceOf, requestId } from '@/lib/http/request';
import { route, seeOther } from '@/lib/http/route';
import { type Finished, finish } from '@/lib/login/finish';
import { defaultReturnTo } from '@/lib/login/return-to';
import { describeError, logEvent } from '@/lib/server/log';
import { wiring } from '@/lib/server/wiring';

/** The way back from Kakao: finishes the flow. Only GET runs it: a HEAD would spend the code. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  {
    GET: async (request) => {
      const { headers } = request;
      if (await limitRate('callback', headers)) return seeOther('/login?error=too_many_requests');
      const deps = await wiring();
      const finished = await finish(deps, {
        query: new URL(request.url).searchParams,
        cookieHeader: headers.get('cookie'),
        sessionToken: deps.cookies.session.read(headers),
        device: deviceOf(headers),
      });
      report(finished, requestId(headers));
      return answer(finished, deps.cookies);
    },
  },
  { head: false },
);

function answer(finished: Finished, { session }: Cookies): Response {
  if (finished.kind === 'already_signed_in') return seeOther(finished.returnTo);
  if (finished.kind === 'signed_in') {
    return seeOther(finished.returnTo, [session.set(finished), finished.clearCookie]);
  }
  if (finished.kind === 'guest') return seeOther(finished.guestTo, [finished.clearCookie]);
  const query = new URLSearchParams({ error: finished.error.code });
  if (finished.returnTo !== defaultReturnTo) query.set('returnTo', finished.returnTo);
  return seeOther(`/login?${query}`, finished.clearCookie ? [finished.clearCookie] : []);
}

function report(finished: Finished, id: string): void {
  if (finished.kind === 'signed_in' || finished.kind === 'already_signed_in') {
    logEvent('info', `login.${finished.kind}`, { requestId: id });
    return;
  }
  const { code, reason, kakaoCode } = finished.error;
  const operator = code === 'misconfigured' || code === 'unexpected' || reason === 'refused';
  const error = describeError(finished.error);
  logEvent(operator ? 'error' : 'warn', `login.${finished.kind}`, {
    requestId: id,
    code,
    reason,
    kakaoCode,
    error,
  });
}
