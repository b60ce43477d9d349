import { describe, expect, it } from 'vitest';
import {
  isReturnFromLogout,
  logoutStateCookie,
  noSilentAttempt,
  rememberAttempt,
  silentAttemptCookie,
  silentLoginPath,
} from '@/lib/http/cookies';
import { stubEnvironment } from '../../support/env';

stubEnvironment();

const kakaoTalk = 'Mozilla/5.0 (Linux; Android 14) Chrome/141.0 Mobile Safari/537.36;KAKAOTALK 2410810';
const path = (headers: Record<string, string>) =>
  silentLoginPath(new Headers(headers), 'login', '/cart?a=1&b=2');
const nameOf = (cookie: string) => cookie.slice(0, cookie.indexOf(';'));

describe('no silent login', () => {
  it.each([
    'Mozilla/5.0 (Windows NT 10.0) Chrome/141.0 Safari/537.36',
    'facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984',
    '',
  ])('in the browser %j', (userAgent) => {
    expect(path({ 'user-agent': userAgent })).toBeNull();
    expect(noSilentAttempt(new Headers({ 'user-agent': userAgent }))).toEqual([]);
  });

  it('after an attempt in this visit', () => {
    expect(path({ 'user-agent': kakaoTalk, cookie: `a=b; ${nameOf(silentAttemptCookie())}` })).toBeNull();
    expect(silentAttemptCookie()).toMatch(/^silent=1; Path=\/; Max-Age=1800; HttpOnly; SameSite=Lax$/);
  });

  it('and what remembers a log-out is not replaced by what remembers an attempt', () => {
    const [cookie = ''] = noSilentAttempt(new Headers({ 'user-agent': kakaoTalk }));
    expect(rememberAttempt(new Headers({ 'user-agent': kakaoTalk, cookie: nameOf(cookie) }))).toEqual([]);
    expect(rememberAttempt(new Headers({ 'user-agent': kakaoTalk }))).toEqual([silentAttemptCookie()]);
  });

  it('on the day of a log-out', () => {
    const [cookie = ''] = noSilentAttempt(new Headers({ 'user-agent': kakaoTalk }));
    expect(path({ 'user-agent': kakaoTalk, cookie: nameOf(cookie) })).toBeNull();
    expect(cookie).toMatch(/Max-Age=86400/);
  });
});

it('a guest in KakaoTalk’s browser gets one silent attempt, which knows where they were going', () => {
  expect(path({ 'user-agent': kakaoTalk, cookie: 'silently=1' })).toBe(
    '/login/silent?page=login&returnTo=%2Fcart%3Fa%3D1%26b%3D2',
  );
});

describe('the return from Kakao’s logout page', () => {
  const cookie = nameOf(logoutStateCookie('the-state'));

  it.each([
    ['without a state', undefined, cookie],
    ['with an empty one', '', 'logout='],
    ['with two', ['the-state', 'the-state'], cookie],
    ['with another than was sent', 'made-up', cookie],
    ['in a browser that did not log out', 'the-state', null],
    ['in a browser with two cookies of that name', 'the-state', `${cookie}; logout=tossed`],
  ])('does not count %s', (_case, state, header) => {
    expect(isReturnFromLogout(state, header)).toBe(false);
  });

  it('counts with the state of this browser’s log-out', () => {
    expect(isReturnFromLogout('the-state', `a=b; ${cookie}`)).toBe(true);
  });
});
