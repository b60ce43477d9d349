import { afterAll, beforeAll, describe } from 'vitest';
import { type Answer, type Sending, send } from '../stack/http';
import { type Kakao, kakaoOf } from '../stack/kakao';
import { startStack } from '../stack/servers';
import { expectProblem } from './support/api';
import { expect, test } from './support/test';

const spa = 'https://app.example.com';
const hotPath = '/api/me';
const pathOfNext = '/api/sessions';

let own: Awaited<ReturnType<typeof startStack>>;
let kakao: Kakao;
beforeAll(async () => {
  own = await startStack({ ALLOWED_ORIGINS: `http://localhost:5173, ${spa}` });
  kakao = kakaoOf(own.stack);
}, 120_000);
afterAll(() => own.stop());

const ask = (path: string, origin: string, sending: Sending = {}) =>
  send(`${own.stack.appUrl}${path}`, { ...sending, headers: { ...sending.headers, origin } });
const preflight = (path: string, origin: string, method = 'POST') =>
  ask(path, origin, {
    method: 'OPTIONS',
    headers: { 'access-control-request-method': method, 'access-control-request-headers': 'authorization' },
  });
const corsOf = ({ headers }: Answer) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('access-control-')));
const variesByOrigin = ({ headers }: Answer) => /(^|, )origin(,|$)/i.test(headers.vary ?? '');
const readable = {
  'access-control-allow-origin': spa,
  'access-control-expose-headers': 'x-request-id, retry-after',
};

describe('a page of another origin that is not allowed', () => {
  for (const origin of [
    'https://evil.example.com',
    'https://app.example.com.evil.com',
    'http://app.example.com',
    'https://app.example.com:8443',
    'https://APP.example.com',
    'null',
    '*',
    '',
  ]) {
    test(`such as ${JSON.stringify(origin)} can read nothing`, async () => {
      for (const path of [hotPath, pathOfNext, '/api/nowhere']) {
        for (const answer of [await ask(path, origin), await preflight(path, origin)]) {
          expect(corsOf(answer)).toEqual({});
          expect(variesByOrigin(answer), path).toBe(true);
        }
      }
    });
  }

  test('is nowhere, where no origin is allowed', async ({ stack }) => {
    for (const method of ['GET', 'OPTIONS']) {
      const answer = await send(`${stack.appUrl}${hotPath}`, { method, headers: { origin: spa } });
      expect([corsOf(answer), variesByOrigin(answer)]).toEqual([{}, false]);
    }
  });
});

describe('a page of an allowed origin', () => {
  for (const path of ['/api/auth/kakao', hotPath, pathOfNext, '/api/sessions/some-id', '/api/nowhere']) {
    test(`may ask ${path} with a token`, async () => {
      const answer = await preflight(path, spa, 'DELETE');
      expect(answer.status).toBe(204);
      expect(corsOf(answer)).toEqual({
        ...readable,
        'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
        'access-control-allow-headers': 'authorization, content-type',
        'access-control-max-age': '600',
      });
      expect(variesByOrigin(answer)).toBe(true);
    });
  }

  test('signs in, asks, and ends the session, without a cookie', async () => {
    const person = await kakao.addPerson();
    const { access_token } = await kakao.tokens(person.id);
    const signedIn = await ask('/api/auth/kakao', spa, {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}`, 'sec-fetch-site': 'cross-site' },
    });
    expect([signedIn.status, corsOf(signedIn)]).toEqual([200, readable]);
    const authorization = `Bearer ${signedIn.json()['access_token']}`;
    const headers = { authorization, 'sec-fetch-site': 'cross-site' };
    for (const [path, method, status] of [
      [hotPath, 'GET', 200],
      [pathOfNext, 'GET', 200],
      ['/api/me/export', 'GET', 200],
      ['/api/sessions?others=1', 'DELETE', 204],
      [hotPath, 'DELETE', 204],
      [hotPath, 'GET', 401],
    ] as const) {
      const answer = await ask(path, spa, { method, headers });
      expect([path, answer.status, corsOf(answer)]).toEqual([path, status, readable]);
      expect(variesByOrigin(answer), path).toBe(true);
    }
  });

  test('reads what was refused, whoever refused it', async () => {
    const big = { method: 'POST', body: 'a'.repeat(70_000) };
    for (const [path, sending, status] of [
      ['/api/auth/kakao', { method: 'POST' }, 400],
      ['/api/auth/kakao', { method: 'PUT' }, 405],
      ['/api/auth/kakao', big, 413],
      [hotPath, {}, 401],
      [pathOfNext, {}, 401],
      [pathOfNext, { method: 'PROPFIND' }, 405],
      ['/api/nowhere', {}, 404],
      ['/api/%zz', {}, 404],
    ] as const) {
      const answer = await ask(path, spa, sending);
      expect([path, answer.status, corsOf(answer)]).toEqual([path, status, readable]);
      expectProblem(answer, status, String(answer.json()['message']));
    }
  });

  test('gets nothing with a cookie, and reads no page', async () => {
    const cookie = `session-${own.stack.port}=x`;
    expect((await ask(hotPath, spa, { headers: { cookie } })).headers).not.toHaveProperty(
      'access-control-allow-credentials',
    );
    const change = await ask(hotPath, spa, { method: 'DELETE', headers: { cookie } });
    expectProblem(change, 403, 'CROSS_ORIGIN');
    for (const path of ['/', '/login', '/account', '/login/kakao', '/login/callback']) {
      expect(corsOf(await ask(path, spa)), path).toEqual({});
      expect(corsOf(await preflight(path, spa)), path).toEqual({});
    }
  });
});
