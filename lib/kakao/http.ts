import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { ObserveKakao } from './config';
import { KakaoError } from './errors';

/** One answer of Kakao, read whole. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** The same before it is read as text. */
export type BytesAnswer = Omit<HttpAnswer, 'body'> & { readonly bytes: Buffer<ArrayBuffer> };

/** One call. `timeoutMs` covers everything to the last byte of the body; `deadline` is an epoch in ms; `observe` is told how long it took. */
export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  readonly deadline: number;
  readonly observe?: ObserveKakao | undefined;
}

const maxBytes = 1_000_000;
const agents = {
  'http:': new HttpAgent({ keepAlive: true, maxSockets: 256 }),
  'https:': new HttpsAgent({ keepAlive: true, maxSockets: 256 }),
};

/**
 * The only way out to Kakao: one connection pool, no redirects, no decompression, at most 1 MB, one
 * deadline that covers the body. `fetch` follows a 307 with the Authorization header and inflates
 * whatever it is sent, so it is not used.
 *
 * @throws KakaoError `unavailable` when there is no answer in time, or one that is too large or a redirect
 */
export async function send(call: HttpCall): Promise<HttpAnswer> {
  return asText(await sendForBytes(call));
}

/**
 * Like {@link send}, for what is no text.
 *
 * @throws KakaoError as {@link send}
 */
export async function sendForBytes(call: HttpCall): Promise<BytesAnswer> {
  try {
    return await exchange(call);
  } catch (cause) {
    if (cause instanceof KakaoError) throw cause;
    throw new KakaoError('unavailable', 'no answer from Kakao', { cause });
  }
}

/** Like {@link send}, for reads: retried once, after a jittered pause, while there is time. */
export async function sendIdempotent(call: HttpCall): Promise<HttpAnswer> {
  try {
    const answer = await exchange(call);
    if (answer.status < 500) return asText(answer);
  } catch (error) {
    // An answer that cannot be used would come again, and without time nothing was asked.
    if (error instanceof KakaoError) throw error;
  }
  await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 100));
  return send(call);
}

/**
 * One request and its answer.
 *
 * @throws KakaoError `unavailable` for an answer that is not accepted, or when no time is left; whatever `node:http`
 *   throws when the connection fails
 */
async function exchange(call: HttpCall): Promise<BytesAnswer> {
  const timeoutMs = Math.min(call.timeoutMs, call.deadline - Date.now());
  if (timeoutMs <= 0) throw new KakaoError('unavailable', 'no time left to ask Kakao');
  const startedAt = performance.now();
  let status: number | null = null;
  const request = open(call);
  const timer = setTimeout(() => request.destroy(new Error('no whole answer in time')), timeoutMs);
  try {
    const response = await responseOf(request);
    const answer = { ...readHead(response), bytes: await readBody(response) };
    status = answer.status;
    return answer;
  } finally {
    clearTimeout(timer);
    call.observe?.({ path: request.path.split('?', 1)[0] ?? '', status, ms: performance.now() - startedAt });
  }
}

function asText({ bytes, ...head }: BytesAnswer): HttpAnswer {
  return { ...head, body: bytes.toString('utf8') };
}

/** A connection outlives the request that it was opened for, and would keep all that belongs to it. */
const outsideRequest: <T>(run: () => T) => T = AsyncLocalStorage.snapshot();

function open(call: HttpCall): ClientRequest {
  const url = new URL(call.url);
  const secure = url.protocol === 'https:';
  const headers: Record<string, string> = { accept: 'application/json', ...call.headers };
  if (call.body !== undefined) {
    headers['content-type'] = 'application/x-www-form-urlencoded;charset=utf-8';
    headers['content-length'] = String(Buffer.byteLength(call.body));
  }
  const options = { method: call.method, headers, agent: secure ? agents['https:'] : agents['http:'] };
  return outsideRequest(() => {
    const request = secure ? httpsRequest(url, options) : httpRequest(url, options);
    return request.end(call.body);
  });
}

function responseOf(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on('response', resolve);
    request.on('error', reject);
  });
}

function readHead(response: IncomingMessage): { status: number; contentType: string } {
  const status = response.statusCode ?? 0;
  const encoded = response.headers['content-encoding'] ?? 'identity';
  if ((status >= 300 && status < 400) || encoded !== 'identity') {
    response.destroy();
    throw new KakaoError('unavailable', `Kakao answered HTTP ${status} in a form that is not followed`);
  }
  return { status, contentType: response.headers['content-type'] ?? '' };
}

function readBody(response: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    response.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else response.destroy(new KakaoError('unavailable', 'Kakao answered with more than 1 MB'));
    });
    response.on('end', () => resolve(Buffer.concat(chunks)));
    response.on('error', reject);
    response.on('close', () => reject(new Error('the answer was cut')));
  });
}
