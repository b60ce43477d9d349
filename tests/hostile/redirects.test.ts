import fc from 'fast-check';
import { describe } from 'vitest';
import { safeReturnTo } from '../../lib/login/return-to';
import { Visitor } from '../stack/visitor';
import { expect, test } from '../wire/support/test';
import { expectCalm } from './support/session';

// Whatever `returnTo` says, the browser stays on our origin.

const elsewhere = [
  '/%2e%2e/%2f%2fevil.example',
  '/\u2028/evil.example',
  '/\ufeff/evil.example',
  '//evil.example/%2e%2e',
  '/%00//evil.example',
  '////evil.example',
  '/;@evil.example',
  'http://localhost@evil.example/',
  'HTTPS://EVIL.EXAMPLE',
  'https:///evil.example',
  'https:\\\\evil.example',
  'vbscript:msgbox(1)',
  'blob:https://evil.example/x',
  '。evil.example',
  '/。。//evil.example',
  '/\u3002\u3002/evil.example',
  '/login%2f..%2f..%2f/evil.example',
  '/api/%2e%2e/api/me',
  '/API/me',
  '/api',
  '/_next',
  '/_NEXT/x',
  '/%5fnext/static',
  '/login/../login',
  '/./login',
  '/x/../logout?a=b',
  '/%61pi/me',
  '/account/../api/me/export',
];

describe('a returnTo', () => {
  for (const returnTo of elsewhere) {
    test(`of ${JSON.stringify(returnTo)} never leaves our pages`, async ({ person, visitor, stack }) => {
      const callback = await visitor.agree(await visitor.begin({ returnTo }), person.id);
      const { location = '' } = (await visitor.send(callback)).headers;
      const url = new URL(location, stack.appUrl);
      expect(url.origin).toBe(stack.appUrl);
      expect(location).toMatch(/^\/(?![/\\])/);
      expect(decodeURIComponent(url.pathname)).not.toMatch(/^\/(login|logout|api|_next)(\/|$)/i);
    });
  }

  test('of any text at all stays on our origin, and is stable', () => {
    const piece = fc.constantFrom(
      ...['/', '//', '\\', '..', '.', '%2f', '%5c', '%2e', '@', ':', '?', '#', 'evil.example', 'https:'],
      ...['\t', '\n', '\u0000', '\u2028', '한', '%', '%00', 'login', 'api', '_next', 'logout', ';', ' '],
    );
    const text = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.array(piece, { maxLength: 12 }).map((pieces) => `/${pieces.join('')}`),
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(text, (value) => {
        const path = safeReturnTo(value);
        const url = new URL(path, 'https://ours.example');
        expect(url.origin).toBe('https://ours.example');
        expect(path).toMatch(/^\/(?![/\\])/);
        expect(path).not.toMatch(/[\\\p{Cc}]/u);
        expect(safeReturnTo(path)).toBe(path);
      }),
      { numRuns: 20_000 },
    );
  });

  test('of any text at all never breaks a page or the start of a login', async ({ stack }) => {
    const text = fc.string({ unit: 'binary', maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(text, async (returnTo) => {
        const visitor = new Visitor(stack);
        const query = new URLSearchParams({ returnTo });
        const page = await visitor.send(`/login?${query}`);
        expect(page.status).toBe(200);
        expectCalm(page);
        const begun = await visitor.post('/login/kakao', { returnTo });
        expect(begun.headers.location).toMatch(new RegExp(`^${stack.kakaoUrl}/oauth/authorize\\?`));
      }),
      { numRuns: 60 },
    );
  });
});

describe('other places that name an address', () => {
  const parameters: readonly [string, string][] = [
    ['/login/silent?page=login&returnTo=', '//evil.example'],
    ['/login/silent?page=', 'https://evil.example'],
    ['/api/auth/signin?callbackUrl=', 'https://evil.example'],
    ['/api/auth/signin/kakao?callbackUrl=', 'https://evil.example'],
    ['/api/auth/error?error=', '<script>alert(1)</script>'],
    ['/api/auth/callback/kakao?code=1&state=2&callbackUrl=', 'https://evil.example'],
    ['/api/auth/verify-request?callbackUrl=', 'https://evil.example'],
    ['/login?error=', '<script>alert(1)</script>'],
    ['/login?returnTo=', '"><script>alert(1)</script>'],
    ['/login/consent?scope=account_email&returnTo=', 'https://evil.example'],
    ['/goodbye?kakao=', '<script>alert(1)</script>'],
    ['/account/history?page=', '-1'],
    ['/account/history?page=', '99999999999999999999'],
    ['/account?error=', '<script>alert(1)</script>'],
  ];
  for (const [path, value] of parameters) {
    test(`${path}${value} leads nowhere and shows nothing`, async ({ person, visitor }) => {
      const guest = await visitor.send(`${path}${encodeURIComponent(value)}`);
      await visitor.logIn(person.id);
      const member = await visitor.send(`${path}${encodeURIComponent(value)}`);
      for (const answer of [guest, member]) {
        expectCalm(answer);
        expect(answer.headers.location ?? '').not.toMatch(/^(https?:)?\/\/evil/);
        expect(answer.text).not.toContain('<script>alert(1)');
        expect(answer.text).not.toContain('href="https://evil');
      }
    });
  }
});
