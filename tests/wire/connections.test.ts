import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe } from 'vitest';
import { send } from '../stack/http';
import { head, openRaw, sendChunks } from '../stack/raw';
import { startStack } from '../stack/servers';
import { expect, test } from './support/test';

// What one client, or many together, can make the server hold.

const chunked = ['Transfer-Encoding: chunked', 'Content-Type: application/x-www-form-urlencoded'];

/** Statuses in the order in which they came. */
function statuses(received: string): string[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = '']) => status);
}

describe('a body of undeclared length', () => {
  const paths = ['/', '/login', '/nowhere', '/logout', '/login/kakao', '/api/me', '/api/auth/signout'];
  const kinds = [...paths.map((path) => `POST ${path}`), 'GET /', 'GET /api/health/live', 'PUT /api/me'];
  test.for(kinds)('is refused behind its first 64 KB: %s', async (kind, { stack }) => {
    const client = openRaw(stack.appUrl);
    client.socket.write(head(stack.appUrl, kind, ...chunked));
    const sent = await sendChunks(client, 40_000_000);
    await client.closed;
    expect(statuses(client.received())).toEqual(['413']);
    expect(client.received()).toContain('"TOO_LARGE"');
    expect(client.received()).toMatch(/\r\nx-request-id: [\da-f-]{36}\r\n/);
    // What is on its way may fill the buffers of both sides.
    expect(sent).toBeLessThan(20_000_000);
  });

  test('that is only somewhat too long leaves a connection that can be used again', async ({ stack }) => {
    for (const path of ['/login/kakao', '/logout', '/']) {
      const client = openRaw(stack.appUrl);
      client.socket.write(head(stack.appUrl, `POST ${path}`, ...chunked));
      await sendChunks(client, 300_000);
      client.socket.write('0\r\n\r\n');
      client.socket.write(head(stack.appUrl, 'GET /api/health/live', 'Connection: close'));
      await client.closed;
      expect(statuses(client.received()), path).toEqual(['413', '200']);
    }
  });

  test('that is too long by what it declares is refused at once, and the refusal arrives', async ({
    stack,
  }) => {
    const client = openRaw(stack.appUrl);
    client.socket.write(head(stack.appUrl, 'POST /', 'Content-Length: 300000'));
    await expect.poll(() => statuses(client.received())).toEqual(['413']);
    client.socket.write('a'.repeat(300_000));
    client.socket.write(head(stack.appUrl, 'GET /api/health/live', 'Connection: close'));
    await client.closed;
    expect(statuses(client.received())).toEqual(['413', '200']);
  });

  test('of 64 KB arrives whole where Next reads it', async ({ stack }) => {
    const body = `lang=en&a=${'a'.repeat(65_536 - 10)}`;
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };
    for (const isChunked of [true, false]) {
      const sending = { method: 'POST', body, chunked: isChunked, headers };
      const answer = await send(`${stack.appUrl}/language`, sending);
      expect([answer.status, answer.setCookies.join()]).toEqual([303, expect.stringContaining('en')]);
    }
  });
});

test('sixty uploads of 9 MB that do not say how long they are cost less than 80 MB', async () => {
  const { stack, stop, memory } = await startStack();
  try {
    for (let warm = 0; warm < 50; warm += 1) await send(`${stack.appUrl}/login`);
    const before = memory();
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, memory());
    }, 50);
    const clients = Array.from({ length: 60 }, () => openRaw(stack.appUrl));
    await Promise.all(
      clients.map(async (client, at) => {
        client.socket.write(head(stack.appUrl, `POST ${at % 2 ? '/' : '/login/kakao'}`, ...chunked));
        await sendChunks(client, 9_000_000);
        await client.closed;
      }),
    );
    clearInterval(watch);
    expect(clients.map(({ received }) => statuses(received()).join())).toEqual(Array(60).fill('413'));
    expect(peak - before).toBeLessThan(80);
  } finally {
    await stop();
  }
}, 120_000);

test('bodies that never end hold 32 MB together: the oldest is hung up on', async () => {
  const { stack, stop, memory } = await startStack();
  try {
    const before = memory();
    const clients = Array.from({ length: 700 }, () => openRaw(stack.appUrl));
    for (const client of clients) {
      client.socket.write(head(stack.appUrl, 'POST /login/kakao', ...chunked));
      await sendChunks(client, 60_000);
    }
    await expect
      .poll(() => clients.filter(({ socket }) => socket.destroyed).length, { timeout: 8_000 })
      .toBeGreaterThan(150);
    expect(clients.slice(-300).filter(({ socket }) => socket.destroyed)).toEqual([]);
    expect(memory() - before).toBeLessThan(120);
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const headers = { ...type, 'sec-fetch-site': 'same-origin' };
    const form = { method: 'POST', headers, body: 'returnTo=%2F' };
    expect((await send(`${stack.appUrl}/login/kakao`, form)).status).toBe(303);
    for (const { socket } of clients) socket.destroy();
  } finally {
    await stop();
  }
}, 120_000);

test('a request that is not there after 15 s, its headers after 10 s, is ended with an answer', async ({
  stack,
}) => {
  const silent = openRaw(stack.appUrl);
  const slowHead = openRaw(stack.appUrl);
  slowHead.socket.write('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ');
  const slowBody = ['/login/kakao', '/'].map((path) => {
    const client = openRaw(stack.appUrl);
    client.socket.write(head(stack.appUrl, `POST ${path}`, ...chunked));
    return client;
  });
  const drip = setInterval(() => {
    slowHead.socket.write('a');
    for (const { socket } of slowBody) socket.write('1\r\na\r\n');
  }, 500);
  await Promise.all([silent, slowHead].map(({ closed }) => closed));
  await Promise.all(slowBody.map(({ closed }) => closed));
  clearInterval(drip);
  for (const client of [slowHead, ...slowBody]) {
    expect(statuses(client.received())).toEqual(['408']);
    expect(client.received()).toMatch(/x-request-id: [\da-f-]{36}/);
  }
}, 40_000);

describe('what is no request gets an answer with an id', () => {
  const cases: readonly [string, string, string][] = [
    [
      'headers of more than 16 KB',
      '431',
      `GET / HTTP/1.1\r\nHost: a\r\nCookie: ${'a'.repeat(17_000)}\r\n\r\n`,
    ],
    ['an address of more than 16 KB', '431', `GET /${'a'.repeat(17_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
    ['another protocol', '400', 'hello\r\n\r\n'],
    ['a header without a name', '400', 'GET / HTTP/1.1\r\nHost: a\r\n: b\r\n\r\n'],
    ['two lengths', '400', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\na'],
    [
      'a length beside chunks',
      '400',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\na',
    ],
    ['no host', '400', 'GET / HTTP/1.1\r\n\r\n'],
  ];
  test.for(cases)('%s: %s', async ([, status, sent], { stack }) => {
    const client = openRaw(stack.appUrl);
    client.socket.write(sent);
    await client.closed;
    expect(statuses(client.received())).toEqual([status]);
    expect(client.received()).toMatch(/\r\ncontent-type: application\/problem\+json\r\n/);
    const [, id] = /\r\nx-request-id: ([\da-f-]{36})\r\n/.exec(client.received()) ?? [];
    expect(client.received()).toContain(`"requestId":"${id}"`);
  });

  test('an expectation that nobody knows is ignored', async ({ stack }) => {
    const client = openRaw(stack.appUrl);
    client.socket.write(head(stack.appUrl, 'GET /api/health/live', 'Expect: tea', 'Connection: close'));
    await client.closed;
    expect(statuses(client.received())).toEqual(['200']);
  });

  test('the offer of another protocol is not taken: the request is answered', async ({ stack }) => {
    for (const protocol of ['h2c', 'websocket']) {
      for (const path of ['/login', '/api/health/live', '/_next/webpack-hmr']) {
        const client = openRaw(stack.appUrl);
        const lines = ['Connection: Upgrade, close', `Upgrade: ${protocol}`, 'Sec-WebSocket-Version: 13'];
        client.socket.write(head(stack.appUrl, `GET ${path}`, ...lines));
        await client.closed;
        expect(statuses(client.received()), path).toEqual([path.startsWith('/_next') ? '404' : '200']);
      }
    }
  });
});

describe('requests that are sent before the answer to the first is read', () => {
  test('are answered one after the other, in their order', async ({ stack }) => {
    const client = openRaw(stack.appUrl);
    const paths = ['/login', '/api/health/live', '/nowhere', '/api/me', '/api/health/ready'];
    const last = paths.length - 1;
    client.socket.write(
      paths
        .map((path, at) => head(stack.appUrl, `GET ${path}`, at === last ? 'Connection: close' : 'A: b'))
        .join(''),
    );
    await client.closed;
    expect(statuses(client.received())).toEqual(['200', '200', '404', '401', '200']);
  });

  test('end the connection when they are too many', async ({ stack }) => {
    const client = openRaw(stack.appUrl);
    client.socket.write(head(stack.appUrl, 'GET /login').repeat(500));
    await client.closed;
    expect(statuses(client.received()).length).toBeLessThan(20);
  });
});

test('1,000 connections are taken, and answers that nobody reads do not stop others', async ({ stack }) => {
  const idle = Array.from({ length: 900 }, () => openRaw(stack.appUrl));
  const unread = Array.from({ length: 100 }, () => openRaw(stack.appUrl, { rest: true }));
  await Promise.all([...idle, ...unread].map(({ socket }) => once(socket, 'connect')));
  for (const { socket } of unread) socket.write(head(stack.appUrl, 'GET /login').repeat(10));
  for (const client of idle) client.socket.write(head(stack.appUrl, 'GET /api/health/live'));
  await expect
    .poll(() => idle.filter(({ received }) => statuses(received()).join() === '200').length, {
      timeout: 20_000,
    })
    .toBe(900);
  expect((await send(`${stack.appUrl}/login`)).status).toBe(200);
  for (const { socket } of [...idle, ...unread]) socket.destroy();
});

/** In a thread of its own, so that asking is not disturbed by attacking. Ends when it is told to. */
const attack = `
const { connect } = require('node:net');
const { parentPort, workerData: { port, host } } = require('node:worker_threads');
const open = (first, then) => {
  const socket = connect(port, host);
  socket.on('error', () => {}).on('close', () => setTimeout(() => open(first, then), 50));
  socket.on('data', (data) => then && data.includes('HTTP/1.1 ') && socket.write(then));
  socket.write(first);
  return socket;
};
const head = (line, more = '') => line + ' HTTP/1.1\\r\\nHost: ' + host + ':' + port + '\\r\\n' + more + '\\r\\n';
const chunk = (4096).toString(16) + '\\r\\n' + 'a'.repeat(4096) + '\\r\\n';
for (let at = 0; at < 60; at += 1) {
  open(head('GET /login'), head('GET /login'));
  open(head('GET /nowhere'), head('GET /account'));
  open(head('POST /', 'Transfer-Encoding: chunked\\r\\n'));
  open('GET / HTTP/1.1\\r\\nHost: a\\r\\nX-Slow: ');
  open(head('POST /login/kakao', 'Content-Length: 60000\\r\\n') + 'a');
}
for (let at = 0; at < 20; at += 1) open(head('GET /login').repeat(17));
for (let at = 0; at < 20; at += 1) {
  const socket = open(head('POST /', 'Transfer-Encoding: chunked\\r\\n'));
  const feed = () => { if (!socket.destroyed) { socket.write(chunk); setTimeout(feed, 5); } };
  feed();
}
setTimeout(() => parentPort.postMessage('busy'), 1000);
`;

test('liveness answers promptly while hundreds of connections want pages, are slow, or send too much', async () => {
  const { stack, stop } = await startStack();
  const { hostname: host, port } = new URL(stack.appUrl);
  const attacker = new Worker(attack, { eval: true, workerData: { port: Number(port), host } });
  try {
    await once(attacker, 'message');
    const took: number[] = [];
    while (took.length < 150) {
      const began = performance.now();
      expect((await send(`${stack.appUrl}/api/health/live`)).status).toBe(200);
      took.push(performance.now() - began);
      await pause(20);
    }
    took.sort((one, other) => one - other);
    // The attacker and this test compete with the server for the same cores.
    expect(took[Math.floor(took.length * 0.9)]).toBeLessThan(400);
    const began = performance.now();
    expect((await send(`${stack.appUrl}/login`)).status).toBe(200);
    expect(performance.now() - began).toBeLessThan(6_000);
  } finally {
    await attacker.terminate();
    await stop();
  }
}, 120_000);
