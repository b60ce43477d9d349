import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import type { Delivery } from '../world/webhook-log.ts';

/** So much of an answer's body is kept for people to read. */
const MOST_ANSWER_CHARS = 2_000;

/** What came of sending: an answer, silence until the deadline, or a connection that failed. */
export type Outcome =
  | { readonly kind: 'answered'; readonly status: number; readonly body: string }
  | { readonly kind: 'silence' }
  | { readonly kind: 'failure'; readonly reason: string };

/** Sends a delivery over a connection of its own; redirects are not followed. Never rejects. */
export async function send(delivery: Delivery, timeoutMs: number, ended: AbortSignal): Promise<Outcome> {
  const deadline = AbortSignal.timeout(timeoutMs);
  try {
    return await exchange(delivery, AbortSignal.any([deadline, ended]));
  } catch (error) {
    if (deadline.aborted) return { kind: 'silence' };
    return { kind: 'failure', reason: reasonOf(error) };
  }
}

function exchange({ url, method, headers, body }: Delivery, signal: AbortSignal): Promise<Outcome> {
  const start = new URL(url).protocol === 'https:' ? secureRequest : plainRequest;
  const length = body === null ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const request = start(url, { method, headers: { ...length, ...headers }, agent: false, signal });
    request.once('error', reject);
    request.once('response', (response) => {
      let answer = '';
      const finish = () => {
        resolve({ kind: 'answered', status: response.statusCode ?? 0, body: answer });
        request.destroy();
      };
      // The status has come in time, whatever becomes of the body.
      request.off('error', reject).on('error', finish);
      response.setEncoding('utf8').on('data', (part: string) => {
        answer = (answer + part).slice(0, MOST_ANSWER_CHARS);
        if (answer.length === MOST_ANSWER_CHARS) finish();
      });
      for (const event of ['end', 'error', 'close'] as const) response.once(event, finish);
    });
    request.end(body ?? undefined);
  });
}

function reasonOf(error: unknown): string {
  const inner = error instanceof AggregateError ? error.errors[0] : error;
  if (!(inner instanceof Error)) return String(inner);
  return 'code' in inner ? String(inner.code) : inner.message;
}
