import { describe, expect, it } from 'vitest';
import { lastLogout, signedOutCookies, silentAttemptCookies, silentLoginPath } from '@/lib/http/cookies';
import { cookies } from '@/lib/session/cookie';

const http = cookies('http://localhost:3000');
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

describe('no silent login', () => {
  it.each(otherBrowsers)('in the browser %j', (userAgent) => {
    expect(path(withCookie(null, userAgent))).toBeNull();
  });

  it('after an attempt in this visit', () => {
    expect(path(withCookie(`a=b; ${sentBack(http.silent.set('attempt'))}`))).toBeNull();
    expect(http.silent.set('attempt')).toMatch(
      /^silent-3000=1; Path=\/; Max-Age=1800; HttpOnly; SameSite=Lax$/,
    );
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
    ['with an empty one', '', 'logout-3000='],
    ['with two', ['the-state', 'the-state'], cookie],
    ['with another than was sent', 'made-up', cookie],
    ['in a browser that did not log out', 'the-state', null],
    ['in a browser with two cookies of that name', 'the-state', `${cookie}; logout-3000=tossed`],
  ])('does not count %s', (_case, state, header) => {
    expect(lastLogout(http, withCookie(header), state)).toBeNull();
  });

  it('counts with the state of this browser’s log-out', () => {
    expect(lastLogout(http, withCookie(`a=b; ${cookie}`), 'the-state')).toBe('with_kakao');
  });

  it.each(['here', 'everywhere'] as const)('is not needed after a log-out %s', (reach) => {
    expect(lastLogout(http, withCookie(sentBack(http.logout.set(reach, 'here'))), undefined)).toBe(reach);
  });
});
