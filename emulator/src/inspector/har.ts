import { STATUS_CODES } from 'node:http';
import type { JsonObject } from '../json.ts';
import type { LoggedRequest } from '../world/request-log.ts';
import { type Pair, type RequestView, viewOf } from './masked-view.ts';

/** Logged requests as an HTTP Archive (HAR 1.2); the verdict is the `comment` of an entry. */
export function harOf(entries: readonly LoggedRequest[], origin: string, withSecrets = false): JsonObject {
  const shown = entries.map((entry) => harEntry(viewOf(entry, withSecrets), origin));
  return { log: { version: '1.2', creator: { name: 'kakao-emulator', version: '1' }, entries: shown } };
}

function harEntry(view: RequestView, origin: string): JsonObject {
  const { entry } = view;
  return {
    startedDateTime: new Date(entry.time).toISOString(),
    time: entry.durationMs,
    request: harRequest(view, origin),
    response: harResponse(view),
    cache: {},
    timings: { send: 0, wait: entry.durationMs, receive: 0 },
    comment: view.verdict?.en,
    _emulatorRequestId: entry.id,
  };
}

function harRequest(view: RequestView, origin: string): JsonObject {
  const { entry, query, form, body } = view;
  const search = query
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');
  const hasBody = form.length > 0 || body !== '';
  return {
    method: entry.method,
    url: `${origin}${entry.path}${search === '' ? '' : `?${search}`}`,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: named(view.headers),
    queryString: named(query),
    ...(hasBody ? { postData: postData(view) } : {}),
    headersSize: -1,
    bodySize: Number(entry.headers['content-length'] ?? (hasBody ? -1 : 0)),
  };
}

/** `params` and `text` exclude each other. */
function postData({ entry, form, body }: RequestView): JsonObject {
  const mimeType = entry.headers['content-type'] ?? '';
  return form.length > 0 ? { mimeType, params: named(form) } : { mimeType, text: body };
}

function harResponse({ entry, answerHeaders, answerBody }: RequestView): JsonObject {
  const header = (name: string) => answerHeaders.find(([it]) => it.toLowerCase() === name)?.[1] ?? '';
  return {
    status: entry.status,
    statusText: STATUS_CODES[entry.status] ?? '',
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: named(answerHeaders),
    content: { size: Buffer.byteLength(answerBody), mimeType: header('content-type'), text: answerBody },
    redirectURL: header('location'),
    headersSize: -1,
    bodySize: -1,
  };
}

function named(pairs: readonly Pair[]) {
  return pairs.map(([name, value]) => ({ name, value }));
}
