import { describe } from 'vitest';
import { type Answer, send } from '../stack/http';
import { expect, test } from './support/test';

// What server.ts answers before Next does. All of this holds under `next dev` and plain `next start` too (TEST_SERVER).

const everywhere = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
  vary: 'rsc, next-router-state-tree, next-router-prefetch, next-router-segment-prefetch',
};
const isPrivate = { 'cache-control': 'private, no-store' };
const problem = { ...isPrivate, 'content-type': 'application/problem+json' };
const json = { ...isPrivate, 'content-type': 'application/json' };

const routes: Readonly<Record<string, readonly string[]>> = {
  '/api/auth/kakao': ['POST', 'OPTIONS'],
  '/api/health/live': ['GET', 'HEAD', 'OPTIONS'],
  '/api/health/ready': ['GET', 'HEAD', 'OPTIONS'],
  '/api/me': ['GET', 'DELETE', 'HEAD', 'OPTIONS'],
  '/api/webhooks/kakao/account-state': ['POST', 'OPTIONS'],
  '/api/webhooks/kakao/unlink': ['GET', 'POST', 'OPTIONS'],
  '/login/callback': ['GET', 'OPTIONS'],
  '/login/kakao': ['GET', 'POST', 'HEAD', 'OPTIONS'],
};
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Status and every header that is about the answer; neither its id nor how it was sent. */
function head({ status, headers }: Answer): [number, Readonly<Record<string, unknown>>] {
  const sent = ['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding', 'x-request-id'];
  return [status, Object.fromEntries(Object.entries(headers).filter(([name]) => !sent.includes(name)))];
}

function expectRefusal(answer: Answer, status: number, message: string, others: object = {}): void {
  expect(head(answer)).toEqual([status, { ...everywhere, ...problem, ...others }]);
  expect(answer.json()).toEqual({
    message,
    status,
    title: expect.any(String),
    detail: expect.any(String),
    requestId: expect.any(String),
  });
}

for (const [path, allowed] of Object.entries(routes)) {
  const allow = allowed.join(', ');
  for (const method of methods.filter((each) => !allowed.includes(each))) {
    test(`${method} ${path} is refused`, async ({ stack }) => {
      const body = ['GET', 'HEAD'].includes(method) ? {} : { body: 'anything' };
      const answer = await send(`${stack.appUrl}${path}`, { method, ...body });
      if (method !== 'HEAD') return expectRefusal(answer, 405, 'METHOD_NOT_ALLOWED', { allow });
      expect(head(answer)).toEqual([405, { ...everywhere, ...problem, allow }]);
      expect(answer.text).toBe('');
    });
  }

  test(`OPTIONS ${path} says which methods there are`, async ({ stack }) => {
    const answer = await send(`${stack.appUrl}${path}`, { method: 'OPTIONS' });
    expect(head(answer)).toEqual([204, { ...everywhere, allow }]);
    expect(answer.text).toBe('');
  });

  test(`${path} with a slash at its end or two in its middle is redirected`, async ({ stack }) => {
    for (const spelling of [`${path}/`, path.replace(/(?!^)\//, '//')]) {
      const { status, headers } = await send(`${stack.appUrl}${spelling}`);
      expect([status, headers.location]).toEqual([308, path]);
    }
  });

  test(`${path} in other letters or with an escape in it is another path`, async ({ stack }) => {
    for (const spelling of [path.toUpperCase(), path.replace('k', '%6b').replace('me', '%6de')]) {
      if (spelling !== path) expect((await send(`${stack.appUrl}${spelling}`)).status).toBe(404);
    }
  });
}

describe('the start of a login', () => {
  const form = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'same-origin' };

  test('is refused from another origin', async ({ stack }) => {
    const headers = { ...form, 'sec-fetch-site': 'cross-site', origin: 'https://e.example' };
    const answer = await send(`${stack.appUrl}/login/kakao`, { method: 'POST', headers, body: '' });
    expectRefusal(answer, 403, 'CROSS_ORIGIN');
  });

  test('is refused when it is no form', async ({ stack }) => {
    const headers = { ...form, 'content-type': 'application/json' };
    const answer = await send(`${stack.appUrl}/login/kakao`, { method: 'POST', headers, body: '{}' });
    expectRefusal(answer, 415, 'UNSUPPORTED_TYPE');
  });

  test('is refused when its undeclared body is too large', async ({ stack }) => {
    const headers = { ...form, 'transfer-encoding': 'chunked' };
    const sending = { method: 'POST', headers, body: 'a'.repeat(70_000), chunked: true };
    expectRefusal(await send(`${stack.appUrl}/login/kakao`, sending), 413, 'TOO_LARGE');
  });

  test('is refused with consent items that are none', async ({ stack }) => {
    const sending = { method: 'POST', headers: form, body: 'scope=%3Cb%3E' };
    expectRefusal(await send(`${stack.appUrl}/login/kakao`, sending), 400, 'INVALID_SCOPE');
  });

  test('by GET leads to the login page', async ({ stack }) => {
    for (const method of ['GET', 'HEAD']) {
      const answer = await send(`${stack.appUrl}/login/kakao?anything=1`, { method });
      expect(head(answer)).toEqual([303, { ...everywhere, ...isPrivate, location: '/login' }]);
    }
  });

  test('leads to Kakao, however its body is sent', async ({ stack }) => {
    for (const chunked of [false, true]) {
      const headers = chunked ? { ...form, 'transfer-encoding': 'chunked' } : form;
      const sending = { method: 'POST', headers, body: 'returnTo=%2Faccount', chunked };
      const answer = await send(`${stack.appUrl}/login/kakao`, sending);
      const location = expect.stringContaining(`${stack.kakaoUrl}/oauth/authorize?`);
      const cookies = [
        expect.stringMatching(/^login-\d+\.\w+=.+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax$/),
      ];
      const own = { ...isPrivate, location, 'set-cookie': cookies };
      expect(head(answer)).toEqual([303, { ...everywhere, ...own }]);
    }
  });
});

test('a callback that nobody began leads to the login page', async ({ stack }) => {
  for (const query of ['', '?state=a%zz&code=%ff', '?error=access_denied', '?code=a&code=b']) {
    const answer = await send(`${stack.appUrl}/login/callback${query}`);
    const told = expect.stringMatching(
      /^failure-\d+=expired\.\.([\da-f]{8})?; Path=\/; Max-Age=600; HttpOnly/,
    );
    const own = { ...isPrivate, location: '/login?error=expired', 'set-cookie': [told] };
    expect(head(answer)).toEqual([303, { ...everywhere, ...own }]);
  }
});

describe('the API of tokens', () => {
  test('refuses without a token and with an unknown one', async ({ stack }) => {
    const url = `${stack.appUrl}/api/auth/kakao`;
    const challenge = { 'www-authenticate': 'Bearer error="invalid_request"' };
    expectRefusal(await send(url, { method: 'POST' }), 400, 'INVALID_TOKEN', challenge);
    const headers = { authorization: 'Bearer unknown' };
    const answer = await send(url, { method: 'POST', headers });
    expect([400, 404]).toContain(answer.status);
    expectRefusal(answer, answer.status, String(answer.json()['message']));
  });

  test('signs in, and its token and its cookie work', async ({ stack, kakao, person }) => {
    const { access_token } = await kakao.tokens(person.id);
    const headers = { authorization: `Bearer ${access_token}` };
    const answer = await send(`${stack.appUrl}/api/auth/kakao`, { method: 'POST', headers });
    const cookies = [expect.stringMatching(/^session-\d+=.+; HttpOnly; SameSite=Lax$/)];
    expect(head(answer)).toEqual([200, { ...everywhere, ...json, 'set-cookie': cookies }]);
    const token = String(answer.json()['access_token']);
    for (const own of [{ authorization: `Bearer ${token}` }, { cookie: `session-${stack.port}=${token}` }]) {
      const me = await send(`${stack.appUrl}/api/me`, { headers: own });
      expect(head(me)).toEqual([200, { ...everywhere, ...json }]);
      expect(me.json()).toEqual(answer.json()['user']);
    }
  });
});

describe('who is signed in', () => {
  test('is nobody without a session', async ({ stack }) => {
    expectRefusal(await send(`${stack.appUrl}/api/me?a=<b>`), 401, 'UNAUTHENTICATED', {
      'www-authenticate': 'Bearer',
    });
    const { status, text } = await send(`${stack.appUrl}/api/me`, { method: 'HEAD' });
    expect([status, text]).toEqual([401, '']);
  });

  test('is not withdrawn from another origin', async ({ stack, visitor, person }) => {
    await visitor.logIn(person.id);
    const answer = await send(`${stack.appUrl}/api/me`, {
      method: 'DELETE',
      headers: { cookie: `session-${stack.port}=${visitor.session}`, origin: 'https://e.example' },
    });
    expectRefusal(answer, 403, 'CROSS_ORIGIN');
  });

  test('is withdrawn', async ({ stack, visitor, person }) => {
    await visitor.logIn(person.id);
    const answer = await visitor.send('/api/me', { method: 'DELETE', headers: { origin: stack.appUrl } });
    expect(head(answer)).toEqual([
      204,
      { ...everywhere, ...isPrivate, 'set-cookie': [expect.any(String), expect.stringMatching(/^recent-/)] },
    ]);
    expect(await visitor.whoAmI()).toBeNull();
  });
});

test('health is told to GET and to HEAD', async ({ stack }) => {
  for (const path of ['/api/health/live', '/api/health/ready']) {
    for (const method of ['GET', 'HEAD']) {
      const answer = await send(`${stack.appUrl}${path}`, { method });
      expect(head(answer)).toEqual([200, { ...everywhere, ...json }]);
      expect(answer.text).toBe(method === 'HEAD' ? '' : '{"status":"ok"}');
    }
  }
});

describe('a webhook', () => {
  test('about an unlinking is refused without the key, and with another content type', async ({ stack }) => {
    const url = `${stack.appUrl}/api/webhooks/kakao/unlink`;
    const challenge = { 'www-authenticate': 'KakaoAK, Bearer' };
    expectRefusal(await send(url), 401, 'UNAUTHENTICATED', challenge);
    const authorization = `KakaoAK ${stack.kakaoEnv['KAKAO_ADMIN_KEY']}`;
    const sending = { method: 'POST', headers: { authorization, 'content-type': 'text/plain' }, body: 'a' };
    expectRefusal(await send(url, sending), 415, 'UNSUPPORTED_TYPE');
    expectRefusal(await send(url, { headers: { authorization } }), 400, 'INVALID_REQUEST');
    const query = 'app_id=1&user_id=2&referrer_type=ACCOUNT_DELETE';
    expectRefusal(await send(`${url}?${query}`, { headers: { authorization } }), 403, 'ANOTHER_APP');
  });

  test('about an unlinking is received from the query and from a form', async ({ stack }) => {
    const url = `${stack.appUrl}/api/webhooks/kakao/unlink`;
    const authorization = `KakaoAK ${stack.kakaoEnv['KAKAO_ADMIN_KEY']}`;
    const query = `app_id=${stack.kakaoEnv['KAKAO_APP_ID']}&user_id=2&referrer_type=ACCOUNT_DELETE`;
    const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
    for (const answer of [
      await send(`${url}?${query}`, { headers: { authorization } }),
      await send(url, { method: 'POST', headers, body: query }),
    ]) {
      expect(head(answer)).toEqual([200, { ...everywhere, ...isPrivate }]);
      expect(answer.text).toBe('');
    }
  });

  test('about an account is refused without a token', async ({ stack }) => {
    const answer = await send(`${stack.appUrl}/api/webhooks/kakao/account-state`, {
      method: 'POST',
      body: 'a',
    });
    expect(head(answer)).toEqual([400, { ...everywhere, ...json, 'content-language': 'en' }]);
    expect(answer.json()).toEqual({ err: 'invalid_request', description: expect.any(String) });
  });

  test('about an account is received', async ({ stack, kakao, person, visitor }) => {
    await visitor.logIn(person.id);
    await kakao.sendWebhooksTo(stack.appUrl);
    const [attempt] = await kakao.fire({ userId: person.id, event: 'tokens-revoked' });
    expect(attempt).toMatchObject({ status: 202 });
    expect(await visitor.whoAmI()).toBeNull();
  });
});

describe('what one path did is known to the other', () => {
  test('a login, to a page; a log-out by a form, to the API', async ({ stack, visitor, person }) => {
    await visitor.logIn(person.id);
    expect((await visitor.send('/account')).text).toContain(person.nickname);
    const headers = { authorization: `Bearer ${visitor.session}` };
    expect((await send(`${stack.appUrl}/api/me`, { headers })).status).toBe(200);
    await visitor.post('/logout');
    expect((await send(`${stack.appUrl}/api/me`, { headers })).status).toBe(401);
  });

  test('a callback that comes twice at once', async ({ visitor, person }) => {
    const callback = await visitor.agree(await visitor.begin(), person.id);
    const [first, second] = await Promise.all([visitor.send(callback), visitor.send(callback)]);
    expect(first.setCookies).toEqual(second.setCookies);
    expect((await visitor.send(callback)).headers.location).toBe('/account');
    expect((await visitor.send('/account')).text).toContain(person.nickname);
  });

  test('how often somebody has begun a login', async ({ stack, visitor }) => {
    const headers = { 'x-forwarded-for': '203.0.113.77', 'sec-fetch-site': 'same-origin' };
    const silently = () =>
      visitor.send('/login/silent?page=login', {
        headers: { 'x-forwarded-for': '203.0.113.77', 'user-agent': 'KAKAOTALK 10.0.0' },
      });
    expect((await silently()).headers.location).toContain(stack.kakaoUrl);
    for (let sent = 0; sent < 1_200; sent += 50) {
      const begun = Array.from({ length: 50 }, () =>
        send(`${stack.appUrl}/login/kakao`, { method: 'POST', headers }),
      );
      await Promise.all(begun);
    }
    visitor.cookies.clear();
    expect((await silently()).headers.location).toMatch(/^\/login\?/);
  });
});
