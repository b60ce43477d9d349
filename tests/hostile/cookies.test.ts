import { describe } from 'vitest';
import { Visitor } from '../stack/visitor';
import { expect, test } from '../wire/support/test';
import { cookieHeader, expectCalm, flowCookies, sessionCookie } from './support/session';

// Cookies have a name, a place and a size; what is beside them changes nothing.

const pages = ['/', '/account', '/login', '/api/me', '/api/auth/session', '/api/sessions'];

/** What may stand beside a session cookie whose name is `name` without harming it. */
const neighbours: readonly [string, (name: string) => string][] = [
  ['a name with [x]', (name) => `${name}[x]=1`],
  ['a name with []', (name) => `${name}[]=1`],
  ['a name with @x', (name) => `${name}@x=1`],
  ['a name with .0, as next-auth splits its cookies', (name) => `${name}.0=aaa; ${name}.1=bbb`],
  ['a name with -x', (name) => `${name}-x=1`],
  ['a name in capitals', (name) => `${name.toUpperCase()}=1`],
  ['the cookie of next-auth', () => 'next-auth.session-token=eyJhbGciOiJub25lIn0.e30.'],
  ['the secure cookie of next-auth', () => '__Secure-next-auth.session-token=x'],
  ['__proto__', () => '__proto__=1; constructor=2; toString=3'],
  ['a pair without a name', () => '=1'],
  ['a pair without a value', () => 'alone'],
  ['broken percent signs', () => 'a=%E0%A4%A; b=%'],
  ['a quote that never ends', () => 'a="unclosed'],
  ['500 small cookies', () => Array.from({ length: 500 }, (_, at) => `c${at}=1`).join('; ')],
];

describe('beside a session', () => {
  for (const [what, neighbour] of neighbours) {
    test(`${what} signs nobody out and breaks no page`, async ({ person, visitor, stack }) => {
      await visitor.logIn(person.id);
      const { name, token } = sessionCookie(visitor);
      for (const cookie of [`${neighbour(name)}; ${name}=${token}`, `${name}=${token}; ${neighbour(name)}`]) {
        for (const path of pages) {
          const answer = await new Visitor(stack).send(path, { headers: { cookie } });
          // A signed-in browser has no business on the login page.
          expect([200, 303], path).toContain(answer.status);
          if (path.startsWith('/api/')) expect(answer.text, path).not.toBe('{}');
          if (path === '/account') expect(answer.status, path).toBe(200);
        }
      }
    });
  }

  test('another session under the same name means nobody', async ({ person, stranger, visitor, stack }) => {
    const attacker = new Visitor(stack);
    await attacker.logIn(stranger.id);
    await visitor.logIn(person.id);
    const own = sessionCookie(visitor);
    const cookie = `${own.name}=${own.token}; ${own.name}=${sessionCookie(attacker).token}`;
    const ask = (path: string) => new Visitor(stack).send(path, { headers: { cookie } });
    expect((await ask('/api/me')).status).toBe(401);
    expect((await ask('/account')).status).toBe(303);
    expect((await ask('/api/auth/session')).text).toBe('{}');
  });
});

describe('our own cookies', () => {
  test('carry the port, so that two apps of one host do not sign each other out', async ({
    person,
    visitor,
    stack,
  }) => {
    const { port } = new URL(stack.appUrl);
    await visitor.begin();
    expect(flowCookies(visitor)[0]).toMatch(new RegExp(`^login-${port}\\.`));
    await visitor.logIn(person.id);
    expect(sessionCookie(visitor).name).toBe(`session-${port}`);
  });

  const places: readonly [string, string][] = [
    ['220 Hangul in a query', `/search?q=${'한'.repeat(220)}`],
    ['the longest path', `/${'a'.repeat(511)}`],
    ['the longest path of Hangul', `/${'글'.repeat(225)}`],
    ['a path that is longer encoded', `/${'%'.repeat(170)}`],
    ['the front page', '/'],
  ];
  for (const [what, returnTo] of places) {
    test(`stay below 8 KB together after 12 abandoned logins to ${what}`, async ({ visitor, person }) => {
      for (let count = 0; count < 12; count += 1) {
        const answer = await visitor.post('/login/kakao', { returnTo });
        expect(answer.status).toBe(303);
        for (const line of answer.setCookies) expect(Buffer.byteLength(line)).toBeLessThan(4_096);
        expect(Buffer.byteLength(answer.headers.location ?? '')).toBeLessThan(8_000);
        expect(Buffer.byteLength(cookieHeader(visitor))).toBeLessThan(8_192);
      }
      for (const path of ['/', '/login', '/logout', '/api/health/live', '/api/me']) {
        expect((await visitor.send(path)).status, path).not.toBe(431);
      }
      expect((await visitor.post('/logout')).status).toBe(303);
      expect(await visitor.tryLogIn(person.id)).toBe('/account');
    });
  }

  test('stay below 8 KB together after silent attempts too', async ({ stack }) => {
    const visitor = new Visitor(stack, { 'user-agent': 'Mozilla/5.0 KAKAOTALK 10.4.5' });
    const query = new URLSearchParams({ returnTo: `/search?q=${'한'.repeat(220)}` });
    for (let count = 0; count < 8; count += 1) {
      for (const name of [...visitor.cookies.keys()])
        if (name.includes('silent')) visitor.cookies.delete(name);
      expectCalm(await visitor.send(`/login/silent?${query}`));
    }
    expect(Buffer.byteLength(cookieHeader(visitor))).toBeLessThan(8_192);
  });

  test('are HttpOnly, host-only, Lax and on the whole site', async ({ visitor, person, kakao }) => {
    const lines: string[] = [];
    const note = (answer: { setCookies: readonly string[] }) => lines.push(...answer.setCookies);
    const begun = await visitor.post('/login/kakao');
    note(begun);
    await kakao.approveNext(person);
    const flow = { authorizeUrl: begun.headers.location ?? '', state: '' };
    note(await visitor.send(await visitor.agree(flow, person.id)));
    note(await visitor.post('/logout', { kakao: '1' }));
    note(await visitor.post('/language', { lang: 'en' }));
    expect(lines.length).toBeGreaterThan(4);
    for (const line of lines) {
      expect(line).toMatch(/; HttpOnly/);
      expect(line).toMatch(/; SameSite=Lax/);
      expect(line).toMatch(/; Path=\/(;|$)/);
      expect(line).not.toMatch(/; Domain=/i);
    }
  });
});
