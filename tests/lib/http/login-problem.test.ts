import { describe, expect, it } from 'vitest';
import { loginProblem } from '@/lib/http/access-token';
import { Problem } from '@/lib/http/problem';
import { KakaoError, type KakaoErrorCode } from '@/lib/kakao/errors';
import { LoginError, loginErrorCodes, toLoginError } from '@/lib/login/errors';
import { loginError, returnToParam } from '@/lib/next/search-params';
import { describeError } from '@/lib/server/log';
import { stubEnvironment } from '../../support/env';

stubEnvironment();

const code = 'c'.repeat(86);
const token = 't'.repeat(64);
const problemOf = (error: unknown, accessToken = token) => loginProblem(error, accessToken, new Headers());
const ofKakao = (kind: KakaoErrorCode) => toLoginError(new KakaoError(kind, 'no', { kakaoCode: '-1' }));

describe('a token that cannot sign in is', () => {
  it.each([
    ['token_malformed', 'INVALID_TOKEN'],
    ['token_unknown', 'NOT_FOUND_IN_KAKAO'],
    ['account_unusable', 'NOT_FOUND_IN_KAKAO'],
    ['profile_invalid', 'KEY_ERROR'],
    ['under_14', 'UNDER_14'],
    ['refused', 'KAKAO_UNAVAILABLE'],
    ['unavailable', 'KAKAO_UNAVAILABLE'],
  ] as const)('for %s: %s', (kind, expected) => {
    expect(problemOf(ofKakao(kind))).toMatchObject({ name: 'Problem', code: expected });
  });

  it.each([
    ['another_app', 'TOKEN_OF_ANOTHER_APP'],
    ['identity_conflict', 'KAKAO_UNAVAILABLE'],
    ['blocked', 'BLOCKED'],
    ['misconfigured', 'INTERNAL'],
  ] as const)('for %s: %s', (kind, expected) => {
    expect(problemOf(new LoginError(kind))).toMatchObject({ code: expected });
  });

  it('told apart from an authorization code, when Kakao refused it', () => {
    for (const kind of ['token_unknown', 'token_malformed'] as const) {
      const problem = problemOf(ofKakao(kind), code);
      expect(problem).toMatchObject({
        code: 'INVALID_TOKEN',
        detail: expect.stringMatching(/authorization code/),
      });
    }
    expect(problemOf(ofKakao('unavailable'), code)).toMatchObject({ code: 'KAKAO_UNAVAILABLE' });
  });

  it('to be tried again later when Kakao is out of order', () => {
    const problem = problemOf(ofKakao('unavailable'));
    expect(problem instanceof Problem && problem.headers).toMatchObject({ 'retry-after': '5' });
  });

  it('what it was when nobody foresaw it', () => {
    const error = new Error('x');
    expect(problemOf(error)).toBe(error);
    const unexpected = new LoginError('unexpected', error);
    expect(problemOf(unexpected)).toBe(unexpected);
  });
});

describe('a login failure', () => {
  it.each([
    ['token_unknown', 'kakao_rejected'],
    ['token_malformed', 'kakao_rejected'],
    ['account_unusable', 'kakao_rejected'],
    ['code_rejected', 'kakao_rejected'],
    ['under_14', 'under_14'],
    ['misconfigured', 'misconfigured'],
    ['id_token_invalid', 'unexpected'],
    ['profile_invalid', 'unexpected'],
    ['refused', 'kakao_unavailable'],
    ['unavailable', 'kakao_unavailable'],
  ] as const)('because of %s is %s', (kind, expected) => {
    expect(ofKakao(kind)).toMatchObject({ code: expected, reason: kind, kakaoCode: '-1' });
  });

  it('keeps its code, and anything else is unexpected', () => {
    const blocked = new LoginError('blocked');
    expect(toLoginError(blocked)).toBe(blocked);
    expect(toLoginError('thrown text')).toMatchObject({ code: 'unexpected', reason: undefined });
  });
});

describe('the query of the login page', () => {
  it('names a failure, or an unexpected one for what we do not know', () => {
    expect(loginError({})).toBeNull();
    for (const known of loginErrorCodes) expect(loginError({ error: known })).toBe(known);
    for (const unknown of ['', 'CANCELLED', '<script>', 'constructor', ['cancelled', 'expired']]) {
      expect(loginError({ error: unknown })).toBe('unexpected');
    }
  });

  it.each([
    [{}, '/account'],
    [{ returnTo: '/cart' }, '/cart'],
    [{ returnTo: '//evil.example' }, '/account'],
    [{ returnTo: ['/a', '/b'] }, '/account'],
    [{ callbackUrl: '/cart' }, '/cart'],
    [{ callbackUrl: 'http://localhost:3000/cart?x=1' }, '/cart?x=1'],
    [{ callbackUrl: 'http://localhost:3000//evil.example' }, '/account'],
    [{ callbackUrl: 'http://localhost:3000.evil.example/' }, '/account'],
    [{ callbackUrl: 'http://localhost:3000' }, '/account'],
    [{ callbackUrl: 'https://evil.example/cart' }, '/account'],
    [{ returnTo: '/cart', callbackUrl: '/other' }, '/cart'],
  ])('%j leads to %s', (params, path) => {
    expect(returnToParam(params)).toBe(path);
  });
});

describe('what is logged of an error', () => {
  it('has nothing that looks like a token, a code or a key', () => {
    const said = describeError(
      new Error(`refused ${token} and ${code}, eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl`),
    );
    expect(said).toBe('Error: refused [redacted] and [redacted], [redacted]');
    expect(describeError(new Error('x '.repeat(1_000))).length).toBeLessThanOrEqual(300);
    expect(describeError(`thrown ${token}`)).toBe('not an error');
  });
});
