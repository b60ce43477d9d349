import { type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { receiveBody, sendResponse, toRequest, withBody } from '@/lib/http/node-http';
import { readBody } from '@/lib/http/request';
import { withServers } from '../../support/http-server';

const serve = withServers();

it('a client that hangs up before the end of its body has sent no request', async () => {
  let outcome: Promise<unknown> = Promise.resolve();
  const { url, seen } = await serve((incoming, to) => {
    outcome = receiveBody(incoming, to).catch((error: Error) => error.message);
  });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf');
  await expect.poll(() => seen.length).toBe(1);
  socket.destroy();
  expect(await outcome).toBe('aborted');
});

describe('a body that is too large', () => {
  const refuse = async (incoming: IncomingMessage, to: ServerResponse) => {
    const read = receiveBody(incoming, to).then(String, (error: Error) => error.message);
    await sendResponse(to, new Response(await read), {});
  };
  /** What comes back on one connection that sends this body twice, chunked or with its length. */
  async function sendTwice(url: string, body: string, isChunked: boolean): Promise<string> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const size = body.length;
    const form = isChunked ? 'Transfer-Encoding: chunked' : `Content-Length: ${size}`;
    const framed = isChunked ? `${size.toString(16)}\r\n${body}\r\n0\r\n\r\n` : body;
    for (const connection of ['keep-alive', 'close'])
      socket.write(`POST / HTTP/1.1\r\nHost: a\r\nConnection: ${connection}\r\n${form}\r\n\r\n${framed}`);
    return text(socket).catch(() => '');
  }

  it.each([true, false])(
    'is dropped, and its connection serves the next request (chunked: %s)',
    async (chunked) => {
      const { url, connections } = await serve(refuse);
      const answers = await sendTwice(url, 'a'.repeat(400_000), chunked);
      expect(answers.match(/HTTP\/1.1 200/g)).toHaveLength(2);
      expect(answers.match(/TOO_LARGE/g)).toHaveLength(2);
      expect(connections()).toBe(1);
    },
  );

  it('ends the connection when more than a megabyte of it comes', async () => {
    const { url } = await serve(refuse);
    const answers = await sendTwice(url, 'a'.repeat(9_000_000), true);
    expect(answers.match(/HTTP\/1.1 200/g)?.length ?? 0).toBeLessThan(2);
  });
});

it('a body that has been read arrives whole at a listener that reads it from the connection', async () => {
  const { url } = await serve(async (incoming, to) => {
    const again = withBody(incoming, await receiveBody(incoming, to));
    const { method, headers } = again;
    await sendResponse(to, Response.json([method, again.url, headers['x-a'], await text(again)]), {});
  });
  for (const body of ['여울', 'a'.repeat(65_536), '']) {
    const answer = await fetch(`${url}/p?q=1`, { method: 'POST', headers: { 'x-a': 'b' }, body });
    expect(await answer.json()).toEqual(['POST', '/p?q=1', 'b', body]);
  }
});

it('a request arrives as it was sent: method, path, query, headers, body', async () => {
  const { url } = await serve(async (incoming, to) => {
    const request = toRequest(incoming, await receiveBody(incoming, to));
    const { pathname, search } = new URL(request.url);
    const seen = [request.method, pathname, search, request.headers.get('x-a'), await readBody(request)];
    await sendResponse(to, Response.json(seen), {});
  });
  const sending = { method: 'PUT', headers: { 'x-a': 'b, c' }, body: '여울' };
  const answer = await fetch(`${url}/p/a?q=%20a&q=b`, sending);
  expect(await answer.json()).toEqual(['PUT', '/p/a', '?q=%20a&q=b', 'b, c', '여울']);
});

it('a response is sent as it is, with the headers that are added, every cookie on a line of its own', async () => {
  const { url } = await serve(async (_incoming, to) => {
    const response = new Response('\uFEFF여울', { status: 201, headers: { 'x-own': 'a' } });
    response.headers.append('set-cookie', 'a=1; Path=/');
    response.headers.append('set-cookie', 'b=2, 3');
    await sendResponse(to, response, { 'x-added': 'b' });
  });
  const answer = await fetch(url);
  expect([answer.status, answer.headers.get('x-own'), answer.headers.get('x-added')]).toEqual([
    201,
    'a',
    'b',
  ]);
  expect(answer.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2, 3']);
  expect(Buffer.from(await answer.arrayBuffer()).toString('utf8')).toBe('\uFEFF여울');
});

it('a response to HEAD, and one without a body, is its head alone', async () => {
  const { url } = await serve(({ method }, to) =>
    sendResponse(to, new Response(method === 'HEAD' ? 'body' : null, { status: 202 }), {}),
  );
  for (const method of ['HEAD', 'GET']) {
    const read = await new Promise<string>((resolve) => {
      let body = '';
      const sent = sendRequest(url, { method, agent: false }, (answer) => {
        answer.on('data', (chunk) => {
          body += chunk;
        });
        answer.on('end', () => resolve(`${answer.statusCode}${body}`));
      });
      sent.end();
    });
    expect(read).toBe('202');
  }
});
