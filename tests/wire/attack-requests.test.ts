import { describe } from 'vitest';
import { expect, test } from './support/test';

const unsafe = [
  { path: '/login/kakao', body: 'returnTo=%2Faccount' },
  { path: '/logout', body: '' },
  { path: '/language', body: 'lang=en' },
  { path: '/api/auth/signout', body: '' },
];

const foreign: readonly [string, Readonly<Record<string, string>>][] = [
  ['from another origin', { origin: 'https://e.com', 'sec-fetch-site': 'cross-site' }],
  ['from a sibling site', { origin: 'http://evil.localhost', 'sec-fetch-site': 'same-site' }],
  ['with the origin null', { origin: 'null' }],
  ['with an origin that only begins like ours', { origin: 'OURS.e.com' }],
  ['typed into the address bar', { 'sec-fetch-site': 'none' }],
  ['without a word on where it comes from', {}],
  ['with nothing but a matching referrer', { referer: 'OURS/login' }],
];

for (const { path, body } of unsafe) {
  for (const [what, headers] of foreign) {
    test(`a post to ${path} ${what} is refused and changes nothing`, async ({ person, visitor, stack }) => {
      await visitor.logIn(person.id);
      const sent = Object.entries(headers).map(([name, value]) => [
        name,
        value.replace('OURS', stack.appUrl),
      ]);
      const answer = await visitor.send(path, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...Object.fromEntries(sent) },
      });
      expect([answer.status, answer.json()['message']]).toEqual([403, 'CROSS_ORIGIN']);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.setCookies).toEqual([]);
      expect(await visitor.whoAmI()).toBe(person.id);
    });
  }
}

describe('methods that a path does not have', () => {
  test('a HEAD of the callback is refused and does not spend the code', async ({
    kakao,
    person,
    visitor,
  }) => {
    const callback = await visitor.agree(await visitor.begin(), person.id);
    const answer = await visitor.send(callback, { method: 'HEAD' });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, OPTIONS']);
    expect(await kakao.exchanges()).toBe(0);
    expect((await visitor.send(callback)).headers.location).toBe('/account');
  });

  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE']) {
    test(`a ${method} of the callback is refused and does not spend the code`, async ({
      kakao,
      person,
      visitor,
      stack,
    }) => {
      const callback = await visitor.agree(await visitor.begin(), person.id);
      expect((await visitor.send(callback, { method, headers: { origin: stack.appUrl } })).status).toBe(405);
      expect(await kakao.exchanges()).toBe(0);
    });
  }

  const paths = [
    '/',
    '/login',
    '/account',
    '/login/kakao',
    '/logout',
    '/language',
    '/api/me',
    '/api/auth/kakao',
  ];
  for (const method of ['PUT', 'TRACE']) {
    test(`${method} is refused everywhere with the code for it`, async ({ visitor, stack }) => {
      for (const path of paths) {
        const answer = await visitor.send(path, { method, headers: { origin: stack.appUrl } });
        expect(answer.status, path).toBe(405);
        expect(answer.json()['message'], path).toBe('METHOD_NOT_ALLOWED');
        expect(answer.headers.allow, path).toMatch(/GET|POST/);
      }
    });
  }

  test('opening the address of the button leads to the login page', async ({ visitor }) => {
    const answer = await visitor.send('/login/kakao');
    expect([answer.status, answer.headers.location]).toEqual([303, '/login']);
    expect(answer.setCookies).toEqual([]);
  });
});

test('a prompt that no page of ours sends is not passed on', async ({ visitor }) => {
  for (const prompt of ['none', 'consent', 'create', 'LOGIN', 'login select_account', 'login ', 'x', '']) {
    const { authorizeUrl } = await visitor.begin({ prompt });
    expect(new URL(authorizeUrl).searchParams.has('prompt'), prompt).toBe(false);
  }
  for (const prompt of ['login', 'select_account']) {
    const { authorizeUrl } = await visitor.begin({ prompt });
    expect(new URL(authorizeUrl).searchParams.get('prompt')).toBe(prompt);
  }
});

describe('bodies', () => {
  for (const path of [
    '/login/kakao',
    '/logout',
    '/language',
    '/api/auth/kakao',
    '/api/auth/signout',
    '/api/nowhere',
  ]) {
    test(`of 65 KB are refused at ${path}`, async ({ visitor, stack }) => {
      const body = `returnTo=${'a'.repeat(65 * 1024)}`;
      const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: stack.appUrl };
      const answer = await visitor.send(path, { method: 'POST', body, headers });
      expect([answer.status, answer.json()['message']]).toEqual([413, 'TOO_LARGE']);
    });
  }

  for (const path of ['/login/kakao', '/logout', '/language', '/api/auth/kakao']) {
    test(`of 65 KB that do not say how long they are are refused at ${path}`, async ({ visitor, stack }) => {
      const body = `returnTo=${'a'.repeat(65 * 1024)}`;
      const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: stack.appUrl };
      const answer = await visitor.send(path, { method: 'POST', body, headers, chunked: true });
      expect([answer.status, answer.json()['message']]).toEqual([413, 'TOO_LARGE']);
    });
  }

  test('of another type than a form are refused', async ({ visitor, stack }) => {
    const headers = { 'content-type': 'application/json', origin: stack.appUrl };
    const answer = await visitor.send('/login/kakao', { method: 'POST', body: '{"returnTo":"/"}', headers });
    expect([answer.status, answer.json()['message']]).toEqual([415, 'UNSUPPORTED_TYPE']);
  });
});

describe('headers that a client makes up', () => {
  test('a policy in the request does not change the nonce of the answer', async ({ visitor }) => {
    const policy = "script-src 'nonce-attackers'";
    const answers = await Promise.all(
      [1, 2].map(() => visitor.send('/login', { headers: { 'content-security-policy': policy } })),
    );
    const nonces = answers.map((answer) => {
      const nonce = /'nonce-([^']+)'/.exec(String(answer.headers['content-security-policy']))?.[1] ?? '';
      expect(answer.text).toContain(`nonce="${nonce}"`);
      expect(answer.text).not.toContain('attackers');
      return nonce;
    });
    expect(nonces[0]).toMatch(/^[\w+/]{22}==$/);
    expect(nonces[0]).not.toBe(nonces[1]);
  });

  test('a forwarded host or another host does not change where anything leads', async ({
    person,
    visitor,
    stack,
  }) => {
    const lies = [
      { 'x-forwarded-host': 'e.com', 'x-forwarded-proto': 'https', forwarded: 'host=e.com;proto=https' },
      { host: 'e.com' },
    ];
    for (const headers of lies) {
      const start = await visitor.post('/login/kakao', {}, headers);
      expect(start.status).toBe(303);
      const redirect = new URL(start.headers.location ?? '').searchParams.get('redirect_uri');
      expect(redirect).toBe(`${stack.appUrl}/login/callback`);
      const state = new URL(start.headers.location ?? '').searchParams.get('state') ?? '';
      const callback = await visitor.agree({ authorizeUrl: start.headers.location ?? '', state }, person.id);
      const finished = await visitor.send(callback, { headers });
      expect(finished.headers.location).toBe('/account');
      for (const path of ['/account', '/api/auth/signin', '/api/auth/error', '/nowhere', '/login']) {
        const answer = await visitor.send(path, { headers: { ...headers, cookie: '' } });
        expect(answer.headers.location ?? '', path).not.toContain('e.com');
        expect(answer.text, path).not.toContain('//e.com');
      }
      const logout = await visitor.post('/logout', { kakao: '1' }, headers);
      const back = new URL(logout.headers.location ?? '').searchParams.get('logout_redirect_uri');
      expect(back).toBe(`${stack.appUrl}/login`);
    }
  });

  test('a request id is ours, whatever the client sends', async ({ visitor }) => {
    const answer = await visitor.send('/login?error=expired', {
      headers: { 'x-request-id': 'chosen-by-the-client' },
    });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.text).not.toContain('chosen-by-the-client');
  });

  test('headers by which Next talks to itself do not open a page', async ({ visitor }) => {
    const headers = {
      'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy',
      'x-page-path': '//e.com',
      'x-invoke-path': '/account',
    };
    const answer = await visitor.send('/account', { headers });
    expect(answer.status).toBe(303);
    expect(answer.text).not.toContain('e.com');
  });
});

test('what depends on who is asking is stored by nobody, and every answer has an id', async ({
  person,
  visitor,
}) => {
  await visitor.logIn(person.id);
  for (const path of [
    '/',
    '/login',
    '/account',
    '/nowhere',
    '/api/me',
    '/api/auth/session',
    '/api/nowhere',
    '/logout',
  ]) {
    const { headers } = await visitor.send(path);
    expect(headers['cache-control']?.split(', '), path).toEqual(
      expect.arrayContaining(['private', 'no-store']),
    );
    expect(headers['x-request-id'], path).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['x-content-type-options'], path).toBe('nosniff');
    expect(headers['x-powered-by'], path).toBeUndefined();
  }
});
