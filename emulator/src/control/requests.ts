import { curlCommand } from '../inspector/curl.ts';
import { harOf } from '../inspector/har.ts';
import { liveReply, watch } from '../inspector/live.ts';
import { viewOf } from '../inspector/masked-view.ts';
import { writeJson } from '../json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { clearRequests, type LoggedRequest, loggedRequests } from '../world/request-log.ts';
import type { World } from '../world/world.ts';
import { type ControlCall, type ControlRoutes, operation } from './operation.ts';
import { Problem } from './problem.ts';
import { type Parameter, type RequestFilter, readFilter, requestQuery } from './request-filter.ts';
import { answered, component, list, object, open, text } from './schema.ts';

const USUAL_WAIT_MS = 5_000;
const LONGEST_WAIT_MS = 60_000;
const timeoutMs: Parameter = {
  must: `be milliseconds up to ${LONGEST_WAIT_MS}`,
  form: /^([1-5]?\d{1,4}|60000)$/,
};

const integer = answered<number>({ type: 'integer' });
const loggedRequest = component(
  'LoggedRequest',
  open(object({ id: integer, method: text, path: text, status: integer })),
);

/** The request log. */
export const requestRoutes: ControlRoutes = {
  requests: {
    GET: operation({
      summary: 'The last 500 requests, oldest first',
      query: requestQuery,
      answer: object({ requests: list(loggedRequest) }),
      handle: ({ request, world }) => ({
        requests: wanted(request, world).map((entry) => shownRequest(entry, request, world)),
      }),
    }),
    DELETE: operation({
      summary: 'Forgets all requests',
      handle: ({ world }) => clearRequests(world.requests),
    }),
  },
  'requests.har': {
    GET: {
      summary: 'The same as an HTTP Archive 1.2',
      query: requestQuery,
      answer: answered({ type: 'object' }),
      reply: archive,
    },
  },
  'requests/wait': {
    GET: operation({
      summary: 'The first request that fits, as soon as it is answered',
      query: { ...requestQuery, timeoutMs: 'how long to wait, default 5000' },
      answer: loggedRequest,
      handle: waitForRequest,
    }),
  },
  'requests/live': {
    GET: {
      summary: 'Requests as they are answered, as server-sent events',
      query: requestQuery,
      answer: answered({ type: 'string' }),
      answerType: 'text/event-stream',
      reply: watchLog,
    },
  },
};

/** A logged request as the control API shows it to this caller. */
export function shownRequest(entry: LoggedRequest, caller: KakaoRequest, { publicUrl }: World) {
  const { id, method, path, status, code, faultId } = entry;
  const withSecrets = wantsSecrets(caller);
  const view = viewOf(entry, withSecrets);
  return {
    id,
    time: new Date(entry.time).toISOString(),
    durationMs: Math.round(entry.durationMs * 100) / 100,
    method,
    path,
    status,
    code,
    verdict: view.verdict?.en ?? null,
    faultId,
    query: Object.fromEntries(view.query),
    formFields: view.form.map(([name]) => name),
    form: Object.fromEntries(view.form),
    headers: Object.fromEntries(view.headers),
    body: view.body,
    answer: entry.answer && { headers: Object.fromEntries(view.answerHeaders), body: view.answerBody },
    curl: curlCommand(entry, publicUrl, withSecrets),
  };
}

function wantsSecrets({ query }: KakaoRequest): boolean {
  return query.get('secrets') === 'shown';
}

function wanted({ query }: KakaoRequest, { requests }: World): LoggedRequest[] {
  return loggedRequests(requests).filter(readFilter(query));
}

function archive({ request, world }: ControlCall): Reply {
  return jsonReply(harOf(wanted(request, world), world.publicUrl, wantsSecrets(request)), 200, {
    'Content-Disposition': 'attachment; filename="kakao-emulator.har"',
  });
}

/** Events `request` (data as an entry of `GET /requests`) and `cleared`; what was missed since `Last-Event-ID` comes first. */
function watchLog({ request, world }: ControlCall): Reply {
  const fits = readFilter(request.query);
  const since = request.headers['last-event-id'] ?? request.query.get('since');
  const missed = since === null ? [] : loggedRequests(world.requests).filter(({ id }) => id > Number(since));
  const show = (entry: LoggedRequest) =>
    fits(entry) ? writeJson(shownRequest(entry, request, world)) : null;
  return liveReply(world, show, missed);
}

/** A request that is in the log already counts, unless `since` excludes it. */
async function waitForRequest({ request, world }: ControlCall) {
  const fits = readFilter(request.query, { timeoutMs });
  const milliseconds = Number(request.query.get('timeoutMs') ?? USUAL_WAIT_MS);
  const found = loggedRequests(world.requests).find(fits) ?? (await nextMatching(fits, milliseconds, world));
  if (!found) throw new Problem(404, `no such request within ${milliseconds} ms`);
  return shownRequest(found, request, world);
}

function nextMatching(
  fits: RequestFilter,
  milliseconds: number,
  world: World,
): Promise<LoggedRequest | undefined> {
  return new Promise((resolve) => {
    const end = (result: LoggedRequest | undefined) => {
      stop();
      clearTimeout(timer);
      resolve(result);
    };
    const stop = watch(world.requests, (entry) => entry && fits(entry) && end(entry));
    // A waiting client must not keep a closing emulator alive.
    const timer = setTimeout(() => end(undefined), milliseconds).unref();
  });
}
