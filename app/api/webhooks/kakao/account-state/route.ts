import { receiveSecurityEvent } from '@/lib/account/kakao-events';
import { Problem } from '@/lib/http/problem';
import { assertRateIsLeft, limitRate } from '@/lib/http/rate-limit';
import { readBody, requestId } from '@/lib/http/request';
import { route } from '@/lib/http/route';
import { KakaoError } from '@/lib/kakao/errors';
import { readSecurityEvent, SecurityEventRefusal } from '@/lib/kakao/security-event';
import { logEvent } from '@/lib/server/log';
import { countWebhook } from '@/lib/server/metrics';
import { wiring } from '@/lib/server/wiring';

/** Kakao's account-state-change webhook: one security event token, acknowledged when its effect is on disk. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: async (request) => {
    const { headers } = request;
    const body = await readBody(request);
    const deps = await wiring();
    // Checking a signature costs more than the rest: what is not Kakao's is checked so often only. What is authentic is
    // never counted, so it is taken however much of it comes, at once too: Kakao may send nothing twice.
    await assertRateIsLeft('security_event', headers);
    try {
      const event = await readSecurityEvent(deps.kakao, headers.get('content-type'), body);
      const outcome = await receiveSecurityEvent(deps, event);
      countWebhook('account_state', outcome);
      const received = { requestId: requestId(headers), code: outcome, reason: event.type };
      logEvent('info', 'webhook.received', received);
      return new Response(null, { status: 202, headers: { 'cache-control': 'private, no-store' } });
    } catch (error) {
      if (error instanceof KakaoError) throw withoutKeys();
      if (!(error instanceof SecurityEventRefusal)) throw error;
      await limitRate('security_event', headers);
      countWebhook('account_state', 'refused');
      logEvent('warn', 'webhook.refused', { requestId: requestId(headers), code: error.err });
      return refusal(error);
    }
  },
});

/** A receiver's error as RFC 8935 2.4 has it. */
function refusal({ err, message }: SecurityEventRefusal): Response {
  return new Response(JSON.stringify({ err, description: message }), {
    status: 400,
    headers: {
      'content-type': 'application/json',
      'content-language': 'en',
      'cache-control': 'private, no-store',
    },
  });
}

function withoutKeys(): Problem {
  return new Problem('KAKAO_UNAVAILABLE', 'Send it again: the keys of Kakao could not be fetched.', {
    'retry-after': '10',
  });
}
