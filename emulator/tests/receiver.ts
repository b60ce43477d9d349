import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach } from 'vitest';

/** A webhook as an app gets it. */
interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: Record<string, string>;
  readonly form: Record<string, string>;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

type Answer = (response: ServerResponse, received: Received) => void;

/** An app's webhook endpoints on a free port: `/unlink` answers 200, `/account-state` 202, until told otherwise. */
export function useReceiver() {
  let server: Server;
  let received: Received[] = [];
  let answer: Answer = usual;
  beforeAll(async () => {
    server = createServer((message, response) => {
      let body = '';
      message.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      message.once('end', () => {
        const { pathname, searchParams } = new URL(message.url ?? '/', 'http://localhost');
        const got = {
          method: message.method ?? '',
          path: pathname,
          query: Object.fromEntries(searchParams),
          form: Object.fromEntries(new URLSearchParams(body)),
          headers: message.headers,
          body,
        };
        received.push(got);
        answer(response, got);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => {
    received = [];
    answer = usual;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = (path: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`;
  return {
    url,
    received: () => received,
    answerWith: (next: Answer) => {
      answer = next;
    },
    webhooks: () => ({ unlinkUrl: url('/unlink'), accountStateUrl: url('/account-state') }),
    /** `event name` or `event name: reason` of every account-state webhook, and `unlink: referrer type` of the others. */
    heard: () => received.map(inShort),
  };
}

/** The event URI and the value of the only event in a security event token. */
export function eventIn(jws: string): [uri: string, value: Record<string, unknown>] {
  const [entry] = Object.entries(decodeJwt(jws)['events'] as Record<string, Record<string, unknown>>);
  if (!entry) throw new TypeError('no event');
  return entry;
}

function inShort({ path, query, form, body }: Received): string {
  if (path === '/unlink') return `unlink: ${query['referrer_type'] ?? form['referrer_type']}`;
  const [uri, { reason }] = eventIn(body);
  const name = uri.split('/').at(-1);
  return reason === undefined ? String(name) : `${name}: ${reason}`;
}

function usual(response: ServerResponse, { path }: Received): void {
  response.statusCode = path === '/unlink' ? 200 : 202;
  response.end();
}
