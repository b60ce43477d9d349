import { request } from 'node:http';
import { describe } from 'vitest';
import { send } from '../stack/http';
import { expect, test } from '../wire/support/test';
import { expectCalm } from './support/session';

// Every document has the policy, and everything personal is stored by nobody.

const documents = [
  '/',
  '/login',
  '/account',
  '/account/history',
  '/account/leave',
  '/goodbye',
  '/nowhere',
  '/__nextjs_x',
  '/__nextjs_original-stack-frames',
  '/__nextjs_font/x',
  '/_next/webpack-hmr-x',
  '/_next/webpack-hmr',
  '/_next/static',
  '/_next/static/',
  '/_next/static/nowhere.js',
  '/_next/image',
  '/_next/image?url=https%3A%2F%2Fevil.example%2Fa.png&w=64&q=75',
  '/_next/data/x/index.json',
  '/_next/nowhere',
  '/_nextx',
  '/icon.svgx',
  '/icon.svg/x',
  '/login/kakaox',
  '/login/kakao/x',
  '/login/callback/x',
  '/logout/x',
  '/languagex',
  '/account/sessions/x',
  '/account/consentsx',
  '/robots.txt/x',
  '/api',
  '/api/',
  '/apix',
  '/api/nowhere',
  '/api/auth/signout',
  '/api/auth/signin',
  '/api/auth/error?error=Configuration',
  '/api/auth/verify-request',
  '/api/auth/providers',
  '/api/auth/nowhere',
  '/404',
  '/500',
  '/_error',
  '/_not-found',
  '/%2e%2e/etc/passwd',
  '/..%2f..%2fetc%2fpasswd',
  '//evil.example',
  '/.env',
  '/data/kakao-login.db',
  '/.git/config',
  '/package.json',
];

for (const path of documents) {
  test(`${path}: what is HTML has the policy, and what is personal is stored by nobody`, async ({
    person,
    visitor,
    stack,
  }) => {
    await visitor.logIn(person.id);
    const answer = await visitor.send(`${stack.appUrl}${path}`);
    expectCalm(answer);
    expect(answer.text).not.toMatch(/NEXTAUTH_SECRET|DATABASE_URL|root:x:0/);
    // A redirect has nothing to show.
    if (answer.headers.location === undefined)
      expect(answer.headers['x-content-type-options']).toBe('nosniff');
    const isDocument = /html/.test(String(answer.headers['content-type'] ?? ''));
    if (isDocument) {
      const policy = String(answer.headers['content-security-policy']);
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).toContain("object-src 'none'");
      expect(policy).not.toMatch(/unsafe-/);
      expect(answer.headers['x-frame-options']).toBe('DENY');
    }
    if (answer.text.includes(person.nickname)) {
      expect(answer.headers['cache-control']).toMatch(/private.*no-store|no-store.*private/);
    }
  });
}

describe('headers of every answer', () => {
  test('over http on this machine do not ask for https', async ({ visitor }) => {
    for (const path of ['/', '/login', '/api/me', '/api/health/live']) {
      expect((await visitor.send(path)).headers['strict-transport-security'], path).toBeUndefined();
    }
  });

  test('do not say what we are made of', async ({ visitor }) => {
    for (const path of ['/', '/api/me', '/nowhere', '/_next/static/nowhere.js']) {
      const { headers } = await visitor.send(path);
      expect(headers['x-powered-by'], path).toBeUndefined();
      expect(headers['server'], path).toBeUndefined();
    }
  });
});

const hostile = '</title><script>alert(1)</script><img src=x onerror=alert(2)>"\'';

test('a name of markup is text on every page and in every file', async ({ kakao, visitor }) => {
  const villain = await kakao.addPerson({ nickname: hostile });
  await visitor.logIn(villain.id);
  for (const path of ['/', '/account', '/account/history', '/account/leave', '/nowhere']) {
    const { text } = await visitor.send(path);
    expect(text, path).not.toContain('<script>alert(1)');
    expect(text, path).not.toContain('<img src=x');
  }
  const headers = { 'sec-fetch-site': 'same-origin' };
  for (const path of ['/api/me', '/api/me/export', '/api/me/export?format=csv']) {
    const answer = await visitor.send(path, { headers });
    expect(answer.headers['content-type'], path).not.toContain('html');
  }
});

for (const first of ['=', '+', '-', '@', '\t', '＝', '＋', '－', '＠']) {
  test(`a name that begins with ${JSON.stringify(first)} is no formula in the table`, async ({
    kakao,
    visitor,
  }) => {
    const villain = await kakao.addPerson({ nickname: `${first}1+1` });
    await visitor.logIn(villain.id);
    const headers = { 'sec-fetch-site': 'same-origin' };
    const { text } = await visitor.send('/api/me/export?format=csv', { headers });
    const cells = [...text.matchAll(/"((?:[^"]|"")*)"/g)].map(([, cell = '']) => cell);
    expect(cells.length).toBeGreaterThan(8);
    for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/);
  });
}

describe('the local Kakao answers this machine alone', () => {
  const places: readonly [string, string][] = [
    ['GET', '/'],
    ['GET', '/__emulator/inspector'],
    ['GET', '/__emulator/v1/apps'],
    ['GET', '/__emulator/v1/requests'],
    ['GET', '/__emulator/v1/requests/live'],
    ['GET', '/__emulator/v1/users'],
    ['POST', '/__emulator/v1/reset'],
    ['GET', '/oauth/authorize'],
    ['GET', '/.well-known/jwks.json'],
    ['GET', '/v2/user/me'],
    ['GET', '/nowhere'],
  ];
  for (const [method, path] of places) {
    test(`${method} ${path} under a foreign name is refused`, async ({ stack }) => {
      const admin = stack.kakaoEnv['KAKAO_ADMIN_KEY'] ?? 'none';
      const secret = stack.kakaoEnv['KAKAO_CLIENT_SECRET'] ?? 'none';
      for (const host of ['evil.example', 'evil.example:4000', 'localhost.evil.example', '0']) {
        const answer = await send(`${stack.kakaoUrl}${path}`, { method, headers: { host } });
        expect(answer.status, host).toBeGreaterThanOrEqual(400);
        expect(answer.text, host).not.toContain(admin);
        expect(answer.text, host).not.toContain(secret);
      }
    });
  }

  test('a page of another site opens no stream of requests', async ({ stack }) => {
    const url = `${stack.kakaoUrl}/__emulator/v1/requests/live`;
    const crossSite = { 'sec-fetch-site': 'cross-site' };
    // A script says its origin, a picture does not.
    for (const headers of [{ ...crossSite, origin: 'https://evil.example' }, crossSite]) {
      expect(await firstStatus(url, headers)).toBe(403);
    }
  });
});

/** The status of an answer that may never end. */
function firstStatus(url: string, headers: Readonly<Record<string, string>>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers, agent: false }, (answer) => {
      resolve(answer.statusCode ?? 0);
      asked.destroy();
    });
    asked.on('error', reject);
    asked.end();
  });
}
