import { type IncomingHttpHeaders, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

const MOST_BYTES = 5 * 1024 * 1024;
const PATIENCE_MS = 30_000;

/** One complete answer. Without one `status` is 0, and `failure` says why. */
export interface Answer {
  readonly url: string;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly setCookies: readonly string[];
  readonly text: string;
  readonly ms: number;
  readonly failure: string | null;
}

/** What to send; header names in lower case. */
export interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends exactly this, header by header, follows nothing and never rejects. */
export function send(url: string, { method = 'GET', headers = {}, body }: Sending = {}): Promise<Answer> {
  const started = performance.now();
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const begin = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve) => {
    const none = { url, status: 0, headers: {}, setCookies: [], text: '' };
    const finish = (parts: Partial<Answer>) =>
      resolve({ ...none, failure: null, ms: Math.round(performance.now() - started), ...parts });
    const giveUp = (error: Error) => finish({ failure: reasonOf(error) });
    const outgoing = begin(
      url,
      { method, headers: { ...length, ...headers }, agent: false, timeout: PATIENCE_MS },
      (answer) => {
        const parts: Buffer[] = [];
        let size = 0;
        answer.on('data', (part: Buffer) => {
          size += part.length;
          if (size <= MOST_BYTES) parts.push(part);
        });
        answer.on('error', giveUp);
        answer.on('end', () =>
          finish({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            setCookies: answer.headers['set-cookie'] ?? [],
            text: Buffer.concat(parts).toString('utf8'),
          }),
        );
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${PATIENCE_MS / 1000} s`)));
    outgoing.on('error', giveUp);
    outgoing.end(body);
  });
}

function reasonOf(error: Error): string {
  const code = 'code' in error ? String(error.code) : '';
  return [error.message, code].find((text) => text !== '') ?? 'no answer';
}
