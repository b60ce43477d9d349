import { limitLogins, limitRate } from '@/lib/http/rate-limit';
import { deviceOf, requestId, supportCode } from '@/lib/http/request';
import { route, seeOther } from '@/lib/http/route';
import { FailedLogin, toldCause } from '@/lib/login/errors';
import { finish } from '@/lib/login/finish';
import { defaultReturnTo, shortPath } from '@/lib/login/return-to';
import { describeError, logEvent } from '@/lib/server/log';
import { measureLogin } from '@/lib/server/metrics';
import { wiring } from '@/lib/server/wiring';
import type { Cookies } from '@/lib/session/cookie';

/** The way back from Kakao: finishes the flow. Only GET runs it: a HEAD would spend the code. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  {
    GET: async (request) => {
      const { headers } = request;
      if (await limitRate('callback', headers)) return seeOther('/login?error=too_many_requests');
      const deps = await wiring();
      const login = measureLogin('web');
      try {
        const callback = {
          query: new URL(request.url).searchParams,
          cookieHeader: headers.get('cookie'),
          sessionToken: deps.cookies.session.read(headers),
          device: deviceOf(headers),
          mayAskKakao: async () => (await limitLogins()) === null,
        };
        const finished = await login.run(() => finish(deps, callback));
        login.end(finished.kind);
        logEvent('info', `login.${finished.kind}`, { requestId: requestId(headers) });
        const { returnTo, clearCookie } = finished;
        const { session, recent } = deps.cookies;
        const cookies = finished.kind === 'signed_in' ? [session.set(finished), recent.set()] : [];
        return seeOther(returnTo, clearCookie === null ? cookies : [...cookies, clearCookie]);
      } catch (error) {
        if (!(error instanceof FailedLogin)) throw error;
        login.end(outcomeOf(error), error.error.reason ?? error.error.code);
        return failed(error, headers, deps.cookies);
      }
    },
  },
  { head: false },
);

/** A guest, and who declined more consent, stay where they were; whoever asked to log in reads why it failed. */
function failed(failure: FailedLogin, headers: Headers, cookies: Cookies): Response {
  const { error, returnTo, guestTo, declinedTo, clearCookie } = failure;
  const { code, reason, kakaoCode } = error;
  const forOperator = code === 'misconfigured' || code === 'unexpected' || reason === 'refused';
  logEvent(forOperator ? 'error' : 'warn', names[outcomeOf(failure)], {
    requestId: requestId(headers),
    code,
    reason,
    kakaoCode,
    error: describeError(error),
  });
  const setCookies = clearCookie === null ? [] : [clearCookie];
  const staysAt = guestTo ?? declinedTo;
  if (staysAt !== null) return seeOther(staysAt, setCookies);
  const query = new URLSearchParams({ error: code });
  if (returnTo !== defaultReturnTo) query.set('returnTo', shortPath(returnTo));
  const cause = toldCause(reason);
  const isCancelled = code === 'cancelled';
  // Nothing failed when somebody cancels, so there is no more to tell.
  if (isCancelled && cause === null) return seeOther(`/login?${query}`, setCookies);
  const told = { code, cause, supportCode: isCancelled ? null : supportCode(headers) };
  return seeOther(`/login?${query}`, [...setCookies, cookies.failure.set(told)]);
}

const names = { guest: 'login.guest', failed: 'login.failed', declined: 'consent.declined' } as const;

function outcomeOf({ guestTo, declinedTo }: FailedLogin): keyof typeof names {
  if (guestTo !== null) return 'guest';
  return declinedTo === null ? 'failed' : 'declined';
}
