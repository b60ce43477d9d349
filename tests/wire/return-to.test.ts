import { describe } from 'vitest';
import { expect, test } from './support/test';

const elsewhere = [
  '//e.com',
  '///e.com',
  '/\\e.com',
  '\\\\e.com',
  '\\/e.com',
  '/\t/e.com',
  '/\n/e.com',
  '/%09/e.com',
  '/..//e.com',
  '/.//e.com',
  '/a/..//e.com',
  '/%2e%2e//e.com',
  '/%2f/e.com',
  '/%2Fe.com',
  '/%5ce.com',
  '/%5c%5ce.com',
  'https://e.com',
  'https:e.com',
  'http:/e.com',
  'javascript:alert(1)',
  'data:text/html,hello',
  '@e.com',
  '.e.com',
  ':80@e.com/',
  '',
  ' //e.com',
  '\u0000//e.com',
  '/\u0085/e.com',
  `/${'a'.repeat(5_000)}`,
];

const pointless = [
  '/login',
  '/login?returnTo=/login',
  '/login/callback?code=x&state=y',
  '/logout',
  '/LOGOUT',
  '/%6cogout',
  '/api/me',
  '/api/auth/signout',
  '/_next/static/x.js',
  '/a/../login',
];

const fine = [
  ['/account', '/account'],
  ['/', '/'],
  ['/?q=%EC%BB%A4%ED%94%BC&page=2', '/?q=%EC%BB%A4%ED%94%BC&page=2'],
  ['/커피', '/%EC%BB%A4%ED%94%BC'],
  ['/a/../b', '/b'],
  ['/a//b', '/a//b'],
  ['/?next=https://e.com', '/?next=https://e.com'],
  ['/loginhelp', '/loginhelp'],
  ['/account#details', '/account#details'],
] as const;

describe('after a login', () => {
  for (const returnTo of [...elsewhere, ...pointless]) {
    test(`${JSON.stringify(returnTo.slice(0, 40))} means the default page`, async ({ person, visitor }) => {
      const callback = await visitor.agree(await visitor.begin({ returnTo }), person.id);
      const answer = await visitor.send(callback);
      expect({ status: answer.status, location: answer.headers.location }).toEqual({
        status: 303,
        location: '/account',
      });
    });
  }

  for (const [returnTo, expected] of fine) {
    test(`${returnTo} is where the person arrives`, async ({ person, visitor }) => {
      const callback = await visitor.agree(await visitor.begin({ returnTo }), person.id);
      expect((await visitor.send(callback)).headers.location).toBe(expected);
    });
  }
});

test('no address of the login page puts a foreign one into its form, and none is an error', async ({
  visitor,
}) => {
  for (const returnTo of elsewhere.filter((value) => !value.includes('a'.repeat(50)))) {
    const answer = await visitor.send(`/login?returnTo=${encodeURIComponent(returnTo)}`);
    expect(answer.status, returnTo).toBe(200);
    expect(answer.text, returnTo).toContain('name="returnTo" value="/account"');
  }
  const twice = await visitor.send('/login?returnTo=/a&returnTo=//e.com');
  expect(twice.status).toBe(200);
  expect(twice.text).toContain('name="returnTo" value="/account"');
});

test('the language switch and the logout never lead away either', async ({ visitor }) => {
  for (const returnTo of elsewhere) {
    const answer = await visitor.post('/language', { lang: 'en', returnTo });
    expect([answer.status, answer.headers.location], JSON.stringify(returnTo.slice(0, 40))).toEqual([
      303,
      '/',
    ]);
  }
  const logout = await visitor.post('/logout', { returnTo: '//e.com' });
  expect([logout.status, logout.headers.location]).toEqual([303, '/login']);
});
