import { describe, expect, it } from 'vitest';
import {
  defaultReturnTo,
  guestPath,
  onSitePath,
  safePagePath,
  safeReturnTo,
  shortPath,
} from '@/lib/login/return-to';

const origin = 'https://example.com';

const elsewhere = [
  '//e.com',
  '///e.com',
  '/\\e.com',
  '\\\\e.com',
  '\\/e.com',
  '/\t/e.com',
  '/\n/e.com',
  '/\r/e.com',
  '\t//e.com',
  ' //e.com',
  '/..//e.com',
  '/.//e.com',
  '/a/..//e.com',
  '/a/../..//e.com',
  '/%2e%2e//e.com',
  '/%2E//e.com',
  '/a/%2e%2e//e.com',
  '/%2f/e.com',
  '/%2F%2Fe.com',
  '/%5ce.com',
  '/%5C%5Ce.com',
  '/a/..%5c/e.com',
  '/%09/e.com',
  '/%0a/e.com',
  '/%0d%0aSet-Cookie:x=y',
  '/%00',
  '/a\u0000',
  '/a\u007f',
  '/a%7f',
  '/a\u0085b',
  'https:e.com',
  'https:/e.com',
  'https://e.com',
  'https://example.com/account',
  'http:/account',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'data:text/html,x',
  'e.com',
  'account',
  './account',
  '../account',
  '@e.com',
  '?a=b',
  '#a',
  '',
  ' ',
  ' /account',
  '．/account',
  '／／e.com',
  `/${'a'.repeat(512)}`,
  `/${'가'.repeat(230)}`,
];

const here = [
  ['/', '/'],
  [`/${'가'.repeat(200)}`, `/${'%EA%B0%80'.repeat(200)}`],
  ['/account', '/account'],
  ['/account?tab=1&x=%20#top', '/account?tab=1&x=%20#top'],
  ['/a/../b', '/b'],
  ['/@e.com', '/@e.com'],
  ['/a//b', '/a//b'],
  ['/a?u=//e.com', '/a?u=//e.com'],
  ['/a?u=https://e.com', '/a?u=https://e.com'],
  ['/a?q=%0a%5c&r=%00#%7f', '/a?q=%0a%5c&r=%00#%7f'],
  ['/:80', '/:80'],
  ['/／e.com', '/%EF%BC%8Fe.com'],
  ['/⁄e.com', '/%E2%81%84e.com'],
  ['/내 정보', '/%EB%82%B4%20%EC%A0%95%EB%B3%B4'],
  ['/"><script>', '/%22%3E%3Cscript%3E'],
  [`/${'a'.repeat(511)}`, `/${'a'.repeat(511)}`],
] as const;

describe('a returnTo that could lead elsewhere means the default page', () => {
  it.each(elsewhere)('%j', (value) => {
    expect(safeReturnTo(value)).toBe(defaultReturnTo);
    expect(onSitePath(value)).toBeNull();
  });

  it('none at all, too', () => {
    expect(safeReturnTo(null)).toBe('/account');
    expect(safeReturnTo(undefined)).toBe('/account');
  });
});

describe('a returnTo that makes no sense after a login means the default page', () => {
  it.each([
    '/login',
    '/login/',
    '/login?returnTo=/login',
    '/login#x',
    '/login/kakao',
    '/login/callback?code=x&state=y',
    '/LOGIN',
    '/Login/Callback',
    '/logout',
    '/api',
    '/api/me',
    '/API/auth/signout',
    '/_next/static/x.js',
    '/_NEXT',
    '/a/../login',
    '/./login',
    '/a/%2e%2e/login',
    '/%6cogin',
    '/log%69n',
    '/%61pi/me',
    '/login%2fcallback',
    '/%5fnext/x',
    '/%',
    '/%E0%A4%A',
  ])('%s', (value) => {
    expect(safeReturnTo(value)).toBe(defaultReturnTo);
  });
});

describe('a path of this site is kept, normalised', () => {
  it.each(here)('%j as %j', (value, path) => {
    expect(safeReturnTo(value)).toBe(path);
  });

  it.each(['/loginhelp', '/logouts', '/apis', '/_nextdoor', '/a/login', '/account/api'])(
    '%s, which only looks reserved',
    (value) => expect(safeReturnTo(value)).toBe(value),
  );

  it.each(here)('and stays what it is the second time: %j', (value) => {
    const once = safeReturnTo(value);
    expect(safeReturnTo(once)).toBe(once);
  });
});

describe('the short form of a path', () => {
  it.each([
    [encodeURI('/search?q=가나#다'), '/search?q=가나#다'],
    ['/a?b=%25EA%2541&c=%26%3D%2F%23', '/a?b=%25EA%2541&c=%26%3D%2F%23'],
    ['/a?b=%ea%b0%80%20%F0%9F%99%82', '/a?b=가%20🙂'],
    ['/a?b=%EA%B0&c=%FF%80', '/a?b=%EA%B0&c=%FF%80'],
    ['/a?b=%C2%85%EA%B0%80', '/a?b=%C2%85%EA%B0%80'],
  ])('of %s is %s', (path, short) => {
    expect(shortPath(path)).toBe(short);
  });

  it.each(here)('leads where the path leads: %j', (value) => {
    const path = safeReturnTo(value);
    const upper = (text: string) => text.replace(/%[0-9a-f]{2}/gi, (byte) => byte.toUpperCase());
    expect(upper(safeReturnTo(shortPath(path)))).toBe(upper(path));
  });

  it('holds whatever Unicode holds, but control characters', () => {
    for (let code = 0x80; code < 0x11_0000; code += 1) {
      if (code >= 0xd8_00 && code < 0xe0_00) continue;
      const path = `/a?b=${encodeURIComponent(String.fromCodePoint(code))}`;
      if (safeReturnTo(shortPath(path)) !== path) expect(safeReturnTo(shortPath(path))).toBe(path);
    }
  });

  it('bounds the way of a guest to the login page', () => {
    const returnTo = safeReturnTo(`/search?q=${'가'.repeat(220)}`);
    expect(guestPath('login', returnTo)).toHaveLength('/login?returnTo=%2Fsearch%3Fq%3D'.length + 220 * 9);
    expect(guestPath('home', returnTo)).toBe('/');
  });
});

it('whatever comes in, a browser that follows the answer stays on our origin', () => {
  for (const value of [...elsewhere, ...here.map(([value]) => value)]) {
    const location = new URL(safeReturnTo(value), origin);
    expect(location.origin, value).toBe(origin);
    expect(location.pathname.startsWith('//'), value).toBe(false);
  }
});

it('a form leads back to a page of this site, or to the front page', () => {
  expect(safePagePath('/login?error=expired')).toBe('/login?error=expired');
  for (const elsewhere of [null, '', '//evil.example', 'https://evil.example', '/..//evil.example']) {
    expect(safePagePath(elsewhere)).toBe('/');
  }
});
