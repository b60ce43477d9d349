import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe } from 'vitest';
import { send } from '../stack/http';
import { Visitor } from '../stack/visitor';
import { expectProblem } from '../wire/support/api';
import { expect, test } from '../wire/support/test';
import { cookieHeader, expectCalm } from './support/session';

// Who may send a change, by which method, and how much: refused before anything is read or done.

const changes: readonly [string, string][] = [
  ['DELETE', '/api/me'],
  ['DELETE', '/api/sessions?others=1'],
  ['DELETE', '/api/sessions/some'],
  ['POST', '/login/kakao'],
  ['POST', '/logout'],
  ['POST', '/language'],
  ['POST', '/account/consents'],
  ['POST', '/account/sessions'],
  ['POST', '/account/withdrawal'],
  ['POST', '/api/auth/signout'],
];
const foreign: readonly [string, Readonly<Record<string, string>>][] = [
  ['cross-site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
  ['from a sibling', { origin: 'http://evil.localhost', 'sec-fetch-site': 'same-site' }],
  ['from another port of this host', { origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }],
  ['with two origins', { origin: 'OURS https://evil.example' }],
  ['with our origin in capitals and a path', { origin: 'OURS/login' }],
  ['with the origin null', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
  ['that says nothing', {}],
  ['with our referrer alone', { referer: 'OURS/account' }],
];

describe('a change on the strength of a cookie', () => {
  for (const [method, path] of changes) {
    test(`by ${method} ${path} is refused from anywhere but our pages`, async ({
      person,
      visitor,
      stack,
    }) => {
      await visitor.logIn(person.id);
      for (const [what, headers] of foreign) {
        const sent = Object.entries(headers).map(([key, value]) => [
          key,
          value.replace('OURS', stack.appUrl),
        ]);
        const form = { 'content-type': 'application/x-www-form-urlencoded' };
        const answer = await visitor.send(path, {
          method,
          ...(method === 'POST' ? { body: 'everywhere=1&id=some' } : {}),
          headers: { ...(method === 'POST' ? form : {}), ...Object.fromEntries(sent) },
        });
        expect([answer.status, answer.json()['message']], what).toEqual([403, 'CROSS_ORIGIN']);
        expect(answer.setCookies, what).toEqual([]);
      }
      expect(await visitor.whoAmI()).toBe(person.id);
    });
  }

  test('does not count by a bearer token that is not good: the cookie beside it is ignored', async ({
    person,
    visitor,
  }) => {
    await visitor.logIn(person.id);
    for (const path of ['/api/me', '/api/sessions?others=1']) {
      const headers = { authorization: 'Bearer rubbish' };
      expectProblem(await visitor.send(path, { method: 'DELETE', headers }), 401, 'UNAUTHENTICATED');
    }
    expect(await visitor.whoAmI()).toBe(person.id);
  });
});

describe('a download of everything', () => {
  const allowed: readonly [string, Readonly<Record<string, string>>][] = [
    ['from a page of ours', { 'sec-fetch-site': 'same-origin' }],
    ['typed into the address bar', { 'sec-fetch-site': 'none' }],
    ['by our referrer, where a browser says no more', { referer: 'OURS/account' }],
  ];
  const refused: readonly [string, Readonly<Record<string, string>>][] = [
    ['by a link on another site', { 'sec-fetch-site': 'cross-site', referer: 'https://evil.example/' }],
    ['by a link on a sibling', { 'sec-fetch-site': 'same-site' }],
    ['by a foreign referrer', { referer: 'https://evil.example/' }],
    ['by a referrer that only begins like ours', { referer: 'OURS.evil.example/' }],
    ['by nobody knows whom', {}],
  ];
  for (const [cases, expected] of [
    [allowed, 200],
    [refused, 403],
  ] as const) {
    for (const [what, headers] of cases) {
      test(`${what} is answered with ${expected}`, async ({ person, visitor, stack }) => {
        await visitor.logIn(person.id);
        const sent = Object.entries(headers).map(([key, value]) => [
          key,
          value.replace('OURS', stack.appUrl),
        ]);
        for (const path of ['/api/me/export', '/api/me/export?format=csv']) {
          const answer = await visitor.send(path, { headers: Object.fromEntries(sent) });
          expect(answer.status).toBe(expected);
          if (expected === 403) expect(answer.text).not.toContain(person.nickname);
        }
      });
    }
  }
});

describe('a method that a path does not have', () => {
  const paths: readonly [string, readonly string[]][] = [
    ['/login/callback', ['HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']],
    ['/login/kakao', ['PUT', 'PATCH', 'DELETE']],
    ['/logout', ['PUT', 'PATCH', 'DELETE']],
    ['/api/auth/kakao', ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE']],
    ['/api/me', ['POST', 'PUT', 'PATCH']],
    ['/api/me/export', ['HEAD', 'POST', 'PUT', 'DELETE']],
    ['/api/sessions', ['POST', 'PUT', 'PATCH']],
    ['/api/webhooks/kakao/unlink', ['HEAD', 'PUT', 'DELETE']],
    ['/api/webhooks/kakao/account-state', ['GET', 'HEAD', 'PUT', 'DELETE']],
    ['/account', ['POST', 'PUT', 'DELETE']],
    ['/', ['POST', 'PUT', 'DELETE']],
    ['/nowhere', ['POST', 'PUT', 'DELETE']],
  ];
  for (const [path, methods] of paths) {
    test(`${path} refuses ${methods.join(', ')}`, async ({ visitor, stack }) => {
      for (const method of [...methods, 'TRACE', 'PROPFIND']) {
        const answer = await visitor.send(path, { method, headers: { origin: stack.appUrl } });
        expect(answer.status, method).toBe(405);
        expect(answer.headers.allow, method).toMatch(/[A-Z]/);
      }
    });
  }

  test('cannot be put on by another header or field', async ({ person, visitor, stack }) => {
    await visitor.logIn(person.id);
    const headers = { 'x-http-method-override': 'DELETE', origin: stack.appUrl };
    expect((await visitor.send('/api/me?_method=DELETE', { headers })).status).toBe(200);
    expect(await visitor.whoAmI()).toBe(person.id);
  });
});

describe('a body of more than 64 KB', () => {
  const targets = [
    '/',
    '/login',
    '/account',
    '/nowhere',
    '/api/nowhere',
    '/api/me',
    '/api/sessions',
    '/api/auth/session',
    '/api/auth/signout',
    '/api/health/live',
    '/api/webhooks/kakao/unlink',
    '/api/webhooks/kakao/account-state',
    '/login/kakao',
    '/login/callback',
    '/account/sessions',
  ];
  for (const path of targets) {
    test(`is cut off at ${path}, declared or not`, async ({ stack }) => {
      for (const chunked of [false, true]) {
        const sent = await upload(`${stack.appUrl}${path}`, chunked);
        expect(sent.answer === '' || /^HTTP\/1\.1 4\d\d /.test(sent.answer), sent.answer.slice(0, 60)).toBe(
          true,
        );
        expect(sent.swallowed, chunked ? 'chunked' : 'declared').toBe(false);
      }
    });
  }

  test('of the longest headers is refused without a stack', async ({ stack }) => {
    const answer = await send(`${stack.appUrl}/login`, { headers: { 'x-long': 'a'.repeat(20_000) } });
    expect(answer.status).toBe(431);
    expectCalm(answer);
  });
});

describe('a request that no client should send', () => {
  const lines: readonly [string, string][] = [
    [
      'two lengths',
      'POST /login/kakao HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef',
    ],
    [
      'a length and chunks',
      'POST /login/kakao HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    ],
    [
      'an unknown encoding',
      'POST /login/kakao HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n',
    ],
    ['a blank before the colon', 'GET /login HTTP/1.1\r\nHost: HOST\r\nContent-Length : 5\r\n\r\n'],
    ['a negative length', 'POST /login/kakao HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\n'],
    ['no host', 'GET /login HTTP/1.1\r\n\r\n'],
    ['a bare line feed in a header', 'GET /login HTTP/1.1\r\nHost: HOST\r\nx-a: b\nx-c\x00: d\r\n\r\n'],
    ['another protocol', 'GET /login HTTP/9.9\r\nHost: HOST\r\n\r\n'],
    ['no protocol at all', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
  ];
  for (const [what, request] of lines) {
    test(`with ${what} is refused, and the next client is served`, async ({ stack, visitor }) => {
      const { host, hostname, port } = new URL(stack.appUrl);
      const socket = connect(Number(port), hostname);
      socket.end(request.replace('HOST', host), 'latin1');
      const answer = await text(socket).catch(() => '');
      expect(answer === '' || /^HTTP\/1\.1 (4\d\d|505) /.test(answer), answer.slice(0, 80)).toBe(true);
      expect((await visitor.send('/api/health/live')).status).toBe(200);
    });
  }

  test('with our session under another name of this host is answered, and leads nowhere else', async ({
    person,
    visitor,
    stack,
  }) => {
    await visitor.logIn(person.id);
    const cookie = cookieHeader(visitor);
    for (const host of ['evil.example', '127.0.0.1', 'localhost.', '[::1]', 'evil.example:80@localhost']) {
      const answer = await new Visitor(stack).send('/login/kakao', { headers: { cookie, host } });
      expectCalm(answer);
      expect(answer.headers.location ?? '').not.toContain('evil');
    }
  });
});

interface Upload {
  readonly answer: string;
  /** Whether the server took all of it without a word. */
  readonly swallowed: boolean;
}

/** Sends 2 MB piece by piece until the server answers or hangs up. */
function upload(url: string, chunked: boolean): Promise<Upload> {
  const { host, hostname, port, pathname } = new URL(url);
  const socket = connect(Number(port), hostname);
  const piece = Buffer.alloc(16_384, 'a');
  const framed = chunked ? Buffer.concat([Buffer.from('4000\r\n'), piece, Buffer.from('\r\n')]) : piece;
  const length = chunked ? 'Transfer-Encoding: chunked' : 'Content-Length: 9000000';
  const type = 'Content-Type: application/x-www-form-urlencoded';
  socket.write(
    `POST ${pathname} HTTP/1.1\r\nHost: ${host}\r\nOrigin: http://${host}\r\n${type}\r\n${length}\r\n\r\n`,
  );
  return new Promise((resolve) => {
    let answer = '';
    let left = 125;
    const stop = (swallowed: boolean) => {
      clearInterval(pacing);
      socket.destroy();
      resolve({ answer, swallowed });
    };
    const pacing = setInterval(() => {
      left -= 1;
      if (left < 0) stop(true);
      else socket.write(framed);
    }, 2);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes('\r\n\r\n')) stop(false);
    });
    socket.on('error', () => stop(false));
    socket.on('close', () => stop(false));
  });
}
