import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { KakaoError } from './errors';

/** One answer of Kakao, read whole. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** One call. `timeoutMs` covers everything to the last byte of the body; `deadline` is an epoch in ms. */
export interface HttpCall {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
  readonly deadline: number;
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
    if (answer.status < 500) return answer;
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
async function exchange(call: HttpCall): Promise<HttpAnswer> {
  const timeoutMs = Math.min(call.timeoutMs, call.deadline - Date.now());
  if (timeoutMs <= 0) throw new KakaoError('unavailable', 'no time left to ask Kakao');
  const response = await open(call, AbortSignal.timeout(timeoutMs));
  return { ...readHead(response), body: await readBody(response) };
}

function open(call: HttpCall, signal: AbortSignal): Promise<IncomingMessage> {
  const url = new URL(call.url);
  const secure = url.protocol === 'https:';
  const headers: Record<string, string> = { accept: 'application/json', ...call.headers };
  if (call.body !== undefined) {
    headers['content-type'] = 'application/x-www-form-urlencoded;charset=utf-8';
    headers['content-length'] = String(Buffer.byteLength(call.body));
  }
  const agent = secure ? agents['https:'] : agents['http:'];
  return new Promise((resolve, reject) => {
    const options = { method: call.method, headers, agent, signal };
    const request: ClientRequest = secure
      ? httpsRequest(url, options, resolve)
      : httpRequest(url, options, resolve);
    request.on('error', reject);
    request.end(call.body);
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

async function readBody(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      response.destroy();
      throw new KakaoError('unavailable', 'Kakao answered with more than 1 MB');
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
