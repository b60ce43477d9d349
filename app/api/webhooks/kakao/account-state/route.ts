import { receiveSecurityEvent } from '@/lib/account/kakao-events';
import { Problem } from '@/lib/http/problem';
import { assertWithinRate } from '@/lib/http/rate-limit';
import { readBody, requestId } from '@/lib/http/request';
import { route } from '@/lib/http/route';
import { KakaoError } from '@/lib/kakao/errors';
import { readSecurityEvent } from '@/lib/kakao/security-event';
import { logEvent } from '@/lib/server/log';
import { wiring } from '@/lib/server/wiring';

/** Kakao's account-state-change webhook: one security event token, acknowledged when its effect is on disk. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  POST: async (request) => {
    const { headers } = request;
    const body = await readBody(request);
    const deps = await wiring();
    const contentType = headers.get('content-type');
    const read = await readSecurityEvent(deps.kakao, contentType, body).catch((error: unknown) => {
      throw error instanceof KakaoError ? withoutKeys() : error;
    });
    if (read.kind === 'refused') {
      logEvent('warn', 'webhook.refused', { requestId: requestId(headers), code: read.err });
      // Only what is not Kakao's is counted: what is authentic is taken however often it comes.
      await assertWithinRate('webhook', headers);
      return refusal(read.err, read.description);
    }
    const outcome = await receiveSecurityEvent(deps, read.event);
    const received = { requestId: requestId(headers), code: outcome, reason: read.event.type };
    logEvent('info', 'webhook.received', received);
    return new Response(null, { status: 202, headers: { 'cache-control': 'private, no-store' } });
  },
});

/** A receiver's error as RFC 8935 2.4 has it. */
function refusal(err: string, description: string): Response {
  return new Response(JSON.stringify({ err, description }), {
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
