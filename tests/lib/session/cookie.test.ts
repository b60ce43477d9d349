import { describe, expect, it } from 'vitest';
import {
  type CookiePolicy,
  cookiePolicy,
  parseCookies,
  readSessionCookie,
  serializeCookie,
} from '@/lib/session/cookie';

/** The session cookie with this value. */
const session = (policy: CookiePolicy, value: string, maxAgeSeconds: number) =>
  serializeCookie(policy, { name: 'session', value, maxAgeSeconds });
const http = cookiePolicy('http://localhost:3000');
const https = cookiePolicy('https://example.com');

describe('the session cookie is not read', () => {
  it.each([
    ['without a header', null],
    ['from an empty header', ''],
    ['from other cookies', 'a=b; sessions=x; xsession=y; Session=z'],
    ['when it is empty', 'session='],
    ['when two of them differ', 'session=one; session=two'],
    ['when the second is empty', 'session=one; session='],
    ['without an equals sign', 'session'],
    ['without a name', '=session; =x'],
  ])('%s', (_, header) => {
    expect(readSessionCookie(http, header)).toBeNull();
  });

  it('on https without its prefix, which any subdomain could set', () => {
    expect(readSessionCookie(https, 'session=tossed')).toBeNull();
    expect(readSessionCookie(https, '__Host-session=one; __Host-session=two')).toBeNull();
  });
});

describe('the session cookie', () => {
  it('is read by its full name', () => {
    expect(readSessionCookie(http, 'a=b; session=token; c=d')).toBe('token');
    expect(readSessionCookie(https, 'session=tossed; __Host-session=token')).toBe('token');
  });

  it('may come twice with the same value', () => {
    expect(readSessionCookie(http, 'session=token; session=token')).toBe('token');
  });

  it('is Secure and has the prefix on https only', () => {
    const flags = 'Path=/; Max-Age=60; HttpOnly';
    expect(session(https, 't', 60)).toBe(`__Host-session=t; ${flags}; Secure; SameSite=Lax`);
    expect(session(http, 't', 60)).toBe(`session=t; ${flags}; SameSite=Lax`);
  });

  it('never has a Domain', () => {
    expect(session(https, 't', 60)).not.toMatch(/domain/i);
  });

  it('has whole seconds, and none below zero', () => {
    expect(session(http, 't', 59.9)).toContain('Max-Age=59;');
    expect(session(http, '', -5)).toContain('Max-Age=0; Expires=Thu, 01 Jan 1970 00:00:00 GMT');
  });
});

it('cookies keep their order, their equals signs and their repetitions', () => {
  expect(parseCookies('b=1;a==2=; b=3;;  ;c')).toEqual([
    ['b', '1'],
    ['a', '=2='],
    ['b', '3'],
  ]);
});
