import { describe, expect, it } from 'vitest';
import { loginProblem } from '@/lib/http/access-token';
import { Problem } from '@/lib/http/problem';
import { KakaoError, type KakaoErrorCode } from '@/lib/kakao/errors';
import { LoginError, toLoginError } from '@/lib/login/errors';
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
