import { request as sendRequest } from 'node:http';
import { connect } from 'node:net';
import { expect, it, vi } from 'vitest';
import { sendResponse, toRequest } from '@/lib/http/node-http';
import { readBody } from '@/lib/http/request';
import { withServers } from '../../support/http-server';

const serve = withServers();

it('a client that hangs up before the end of its body has sent no request', async () => {
  let outcome: Promise<unknown> = Promise.resolve();
  const { url, seen } = await serve((incoming) => {
    outcome = toRequest(incoming).catch((error: Error) => error.message);
  });
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf');
  await vi.waitUntil(() => seen.length === 1);
  socket.destroy();
  expect(await outcome).toBe('aborted');
});

it('a body that is too large is refused by whoever reads it, and the connection can still carry the answer', async () => {
  const { url } = await serve(async (incoming, to) => {
    const read = readBody(await toRequest(incoming)).catch((error: Error) => error.message);
    await sendResponse(to, new Response(await read), {});
  });
  const answer = await fetch(url, { method: 'POST', body: 'a'.repeat(200_000) });
  expect(await answer.text()).toBe('TOO_LARGE');
});

it('a request arrives as it was sent: method, path, query, headers, body', async () => {
  const { url } = await serve(async (incoming, to) => {
    const request = await toRequest(incoming);
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
    const text = await new Promise<string>((resolve) => {
      let read = '';
      const sent = sendRequest(url, { method, agent: false }, (answer) => {
        answer.on('data', (chunk) => {
          read += chunk;
        });
        answer.on('end', () => resolve(`${answer.statusCode}${read}`));
      });
      sent.end();
    });
    expect(text).toBe('202');
  }
});
