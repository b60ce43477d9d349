import { describe, expect, it } from 'vitest';
import {
  cookies,
  isReturnFromLogout,
  signedOutCookies,
  silentAttemptCookies,
  silentLoginPath,
} from '@/lib/http/cookies';

const http = cookies('http://localhost:3000');
const https = cookies('https://example.com');
const kakaoTalk = 'Mozilla/5.0 (Linux; Android 14) Chrome/141.0 Mobile Safari/537.36;KAKAOTALK 2410810';
const otherBrowsers = [
  'Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36',
  'facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984',
  '',
];

const withCookie = (cookie: string | null, userAgent = kakaoTalk) =>
  new Headers({ 'user-agent': userAgent, ...(cookie === null ? {} : { cookie }) });
const path = (headers: Headers) =>
  silentLoginPath(http, headers, { page: 'login', returnTo: '/cart?a=1&b=2' });
const sentBack = (setCookie: string) => setCookie.slice(0, setCookie.indexOf(';'));

describe('the session cookie', () => {
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

  it('counts when it is the only one', () => {
    expect(http.session.read(withCookie('session=a; session=b'))).toBeNull();
    expect(http.session.read(withCookie('x=y; session=a'))).toBe('a');
    expect(http.session.readAll(withCookie('session=a; session=b'))).toEqual(['a', 'b']);
  });
});

describe('the language cookie', () => {
  it('is kept for a year', () => {
    expect(http.language.set('en')).toBe('lang=en; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax');
    expect(https.language.set('ko')).toBe(
      'lang=ko; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure',
    );
  });

  it('is the first of that name', () => {
    expect(https.language.read(withCookie(null))).toBeUndefined();
    expect(https.language.read(withCookie('a=b; lang=en; lang=ko'))).toBe('en');
  });
});

describe('no silent login', () => {
  it.each(otherBrowsers)('in the browser %j', (userAgent) => {
    expect(path(withCookie(null, userAgent))).toBeNull();
  });

  it('after an attempt in this visit', () => {
    expect(path(withCookie(`a=b; ${sentBack(http.silent.set('attempt'))}`))).toBeNull();
    expect(http.silent.set('attempt')).toMatch(/^silent=1; Path=\/; Max-Age=1800; HttpOnly; SameSite=Lax$/);
  });

  it('on the day of a log-out', () => {
    const [session, silent = ''] = signedOutCookies(http, withCookie(null));
    expect(session).toBe(http.session.clear());
    expect(silent).toMatch(/Max-Age=86400/);
    expect(path(withCookie(sentBack(silent)))).toBeNull();
  });
});

it('what remembers a log-out is not replaced by what remembers an attempt', () => {
  const [, silent = ''] = signedOutCookies(http, withCookie(null));
  expect(silentAttemptCookies(http, withCookie(sentBack(silent)))).toEqual([]);
  expect(silentAttemptCookies(http, withCookie(null))).toEqual([http.silent.set('attempt')]);
});

it.each(otherBrowsers)('a log-out in the browser %j only ends the session', (userAgent) => {
  expect(signedOutCookies(http, withCookie(null, userAgent))).toEqual([http.session.clear()]);
});

it('a guest in KakaoTalk’s browser gets one silent attempt, which knows where they were going', () => {
  expect(path(withCookie('silently=1'))).toBe('/login/silent?page=login&returnTo=%2Fcart%3Fa%3D1%26b%3D2');
});

describe('the return from Kakao’s logout page', () => {
  const cookie = sentBack(http.logout.set('the-state'));

  it.each([
    ['without a state', undefined, cookie],
    ['with an empty one', '', 'logout='],
    ['with two', ['the-state', 'the-state'], cookie],
    ['with another than was sent', 'made-up', cookie],
    ['in a browser that did not log out', 'the-state', null],
    ['in a browser with two cookies of that name', 'the-state', `${cookie}; logout=tossed`],
  ])('does not count %s', (_case, state, header) => {
    expect(isReturnFromLogout(http, withCookie(header), state)).toBe(false);
  });

  it('counts with the state of this browser’s log-out', () => {
    expect(isReturnFromLogout(http, withCookie(`a=b; ${cookie}`), 'the-state')).toBe(true);
  });
});
