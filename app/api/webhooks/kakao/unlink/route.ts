import { receiveUnlinkNotice } from '@/lib/account/kakao-events';
import { isAuthorization } from '@/lib/http/authorization';
import { Problem } from '@/lib/http/problem';
import { assertWithinRate } from '@/lib/http/rate-limit';
import { readBody, requestId } from '@/lib/http/request';
import { route } from '@/lib/http/route';
import type { KakaoConfig } from '@/lib/kakao/config';
import {
  InvalidNotice,
  type NoticeFields,
  noticeFields,
  readUnlinkNotice,
  type UnlinkNotice,
} from '@/lib/kakao/unlink-notice';
import { logEvent } from '@/lib/server/log';
import { countWebhook } from '@/lib/server/metrics';
import { wiring } from '@/lib/server/wiring';

/** Kakao's unlink webhook, in the query of a GET or the body of a POST. Only those two run it. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  {
    GET: (request) => receive(request, async () => [...new URL(request.url).searchParams]),
    POST: (request) => receive(request, () => postedFields(request)),
  },
  { head: false },
);

async function receive(request: Request, fields: () => Promise<NoticeFields>): Promise<Response> {
  const { headers } = request;
  const deps = await wiring();
  await assertFromKakao(deps.kakao, headers);
  const notice = readNotice(await fields());
  if (notice.appId !== deps.kakao.appId) {
    throw new Problem('ANOTHER_APP', 'The app_id must be that of KAKAO_APP_ID.');
  }
  const outcome = await receiveUnlinkNotice(deps, notice);
  countWebhook('unlink', outcome);
  const received = { requestId: requestId(headers), code: outcome, reason: notice.referrerType };
  logEvent('info', 'webhook.received', received);
  return new Response(null, { headers: { 'cache-control': 'private, no-store' } });
}

function readNotice(fields: NoticeFields): UnlinkNotice {
  try {
    return readUnlinkNotice(fields);
  } catch (error) {
    if (!(error instanceof InvalidNotice)) throw error;
    throw new Problem('INVALID_REQUEST', `Send ${error.field} exactly once, as Kakao does.`);
  }
}

async function assertFromKakao({ adminKey }: KakaoConfig, headers: Headers): Promise<void> {
  if (!adminKey) throw new Problem('NOT_FOUND', 'Set KAKAO_ADMIN_KEY to receive this webhook.');
  if (isAuthorization(headers.get('authorization'), 'KakaoAK', adminKey)) return;
  // Only what is not Kakao's is counted: what is authentic is taken however often it comes.
  await assertWithinRate('webhook', headers);
  countWebhook('unlink', 'refused');
  logEvent('warn', 'webhook.refused', { requestId: requestId(headers), code: 'wrong_key' });
  throw new Problem('UNAUTHENTICATED', 'Send Authorization: KakaoAK and the primary admin key.', {
    'www-authenticate': 'KakaoAK, Bearer',
  });
}

async function postedFields(request: Request): Promise<NoticeFields> {
  const fields = noticeFields(request.headers.get('content-type'), await readBody(request));
  if (!fields) {
    throw new Problem('UNSUPPORTED_TYPE', 'Send application/x-www-form-urlencoded or application/json.');
  }
  return fields;
}
