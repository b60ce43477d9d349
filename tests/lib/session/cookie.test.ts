import { describe, expect, it } from 'vitest';
import {
  type CookiePolicy,
  type Cookies,
  cookieName,
  cookies,
  parseCookies,
  serializeCookie,
} from '@/lib/session/cookie';

/** The session cookie with this value. */
const session = (policy: CookiePolicy, value: string, maxAgeSeconds: number) =>
  serializeCookie(policy, { name: cookieName(policy, 'session'), value, maxAgeSeconds });
const read = (site: Cookies, header: string | null) =>
  site.session.read(new Headers(header === null ? {} : { cookie: header }));
const http = cookies('http://localhost:3000');
const https = cookies('https://example.com');

describe('the session cookie is not read', () => {
  it.each([
    ['without a header', null],
    ['from an empty header', ''],
    [
      'from other cookies',
      'a=b; session=s; session-3001=t; session-30001=u; session-3000.0=v; xsession-3000=y; Session-3000=z',
    ],
    ['when it is empty', 'session-3000='],
    ['when two of them differ', 'session-3000=one; session-3000=two'],
    ['when the second is empty', 'session-3000=one; session-3000='],
    ['without an equals sign', 'session-3000'],
    ['without a name', '=session; =x'],
  ])('%s', (_, header) => {
    expect(read(http, header)).toBeNull();
  });

  it('on https without its prefix, which any subdomain could set', () => {
    expect(read(https, 'session=tossed; session-443=tossed')).toBeNull();
    expect(read(https, '__Host-session=one; __Host-session=two')).toBeNull();
  });
});

describe('the session cookie', () => {
  it('is read by its full name', () => {
    expect(read(http, 'a=b; session-3000=token; c=d')).toBe('token');
    expect(read(https, 'session=tossed; __Host-session=token')).toBe('token');
  });

  it('may come twice with the same value', () => {
    expect(read(http, 'session-3000=token; session-3000=token')).toBe('token');
  });

  it('counts for a log-out as often as it came', () => {
    expect(
      http.session.readAll(new Headers({ cookie: 'session-3000=a; session-3000=b; session-3000=a' })),
    ).toEqual(['a', 'b']);
  });

  it('lives as long as its token', () => {
    const cookie = https.session.set({ token: 't', expiresAt: Date.now() / 1_000 + 3_600 });
    expect(cookie).toMatch(
      /^__Host-session=t; Path=\/; Max-Age=(3599|3600); HttpOnly; Secure; SameSite=Lax$/,
    );
  });

  it('is removed at once when its token is over', () => {
    expect(https.session.set({ token: 't', expiresAt: 1 })).toContain('Max-Age=0;');
  });

  it('is removed when somebody logs out', () => {
    expect(https.session.clear()).toMatch(/^__Host-session=; Path=\/; Max-Age=0; Expires=/);
  });

  it('is Secure and has the prefix on https only', () => {
    const flags = 'Path=/; Max-Age=60; HttpOnly';
    expect(session(https, 't', 60)).toBe(`__Host-session=t; ${flags}; Secure; SameSite=Lax`);
    expect(session(http, 't', 60)).toBe(`session-3000=t; ${flags}; SameSite=Lax`);
  });

  it('never has a Domain', () => {
    expect(session(https, 't', 60)).not.toMatch(/domain/i);
  });

  it('has whole seconds, and none below zero', () => {
    expect(session(http, 't', 59.9)).toContain('Max-Age=59;');
    expect(session(http, '', -5)).toContain('Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
  });
});

it.each([
  ['http://localhost:3000', 'session-3000'],
  ['http://localhost', 'session-80'],
  ['http://[::1]:4010', 'session-4010'],
  ['https://example.com', '__Host-session'],
  ['https://localhost:8443', '__Host-session'],
])('at %s the session cookie is %s', (origin, name) => {
  expect(cookies(origin).session.name).toBe(name);
});

it('every cookie is of this site alone: none has a name that an app on another port has too', () => {
  const all = ({ session: { clear }, silent, logout, failure, csrf, language, recent }: Cookies) =>
    [
      clear(),
      silent.set('logout'),
      logout.set('s'),
      failure.set({ code: 'expired', cause: null, supportCode: null }),
      csrf.set('t'),
      language.set('ko'),
      recent.set(),
    ].map((line) => line.split('=')[0]);
  const other = cookies('http://localhost:3001');
  expect(Object.keys(other).sort()).toEqual([
    'csrf',
    'failure',
    'language',
    'logout',
    'port',
    'recent',
    'secure',
    'session',
    'silent',
  ]);
  expect(all(http).filter((name) => all(other).includes(name))).toEqual([]);
  expect(all(https).every((name) => name?.startsWith('__Host-'))).toBe(true);
});

describe('the language cookie', () => {
  it('is kept for a year', () => {
    expect(http.language.set('en')).toBe('lang-3000=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax');
    expect(https.language.set('ko')).toBe(
      '__Host-lang=ko; Path=/; Max-Age=31536000; HttpOnly; Secure; SameSite=Lax',
    );
  });

  it('is the first of that name', () => {
    expect(https.language.read(new Headers())).toBeUndefined();
    expect(https.language.read(new Headers({ cookie: 'a=b; lang=ko; __Host-lang=en; __Host-lang=ko' }))).toBe(
      'en',
    );
  });
});

it('cookies keep their order, their equals signs and their repetitions', () => {
  expect(parseCookies('b=1;a==2=; b=3;;  ;c')).toEqual([
    ['b', '1'],
    ['a', '=2='],
    ['b', '3'],
  ]);
});

describe('the cookie of a failed login', () => {
  const sent = (line: string) => new Headers({ cookie: line.split(';')[0] ?? '' });
  const told = { code: 'kakao_rejected', cause: 'not_linked', supportCode: '0a1b2c3d' };

  it('tells the failure that it was made for, and no other', () => {
    const headers = sent(http.failure.set(told));
    expect(http.failure.read(headers, 'kakao_rejected')).toEqual(told);
    expect(http.failure.read(headers, 'expired')).toBeNull();
  });

  it('may know neither a cause nor a support code', () => {
    const bare = { code: 'expired', cause: null, supportCode: null };
    expect(http.failure.read(sent(http.failure.set(bare)), 'expired')).toEqual(bare);
  });

  it.each(['expired', 'expired..<b>', 'expired..0a1b2c3d4', 'expired.<i>.0a1b2c3d', '..'])(
    'is not %s',
    (value) => {
      expect(http.failure.read(new Headers({ cookie: `failure-3000=${value}` }), 'expired')).toBeNull();
    },
  );
});
