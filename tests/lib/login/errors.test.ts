import { describe, expect, it, vi } from 'vitest';
import { KakaoError, type KakaoErrorCode } from '@/lib/kakao/errors';
import { LoginError, toLoginError } from '@/lib/login/errors';

const ofKakao = (kind: KakaoErrorCode) => toLoginError(new KakaoError(kind, 'no', { kakaoCode: '-1' }));

describe('a login failure', () => {
  it.each([
    ['token_unknown', 'kakao_rejected'],
    ['token_malformed', 'kakao_rejected'],
    ['not_linked', 'kakao_rejected'],
    ['account_unusable', 'kakao_rejected'],
    ['account_restricted', 'kakao_unavailable'],
    ['busy', 'kakao_unavailable'],
    ['maintenance', 'kakao_unavailable'],
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

it('an error of another copy of this code is one of ours', async () => {
  vi.resetModules();
  const copy = await import('@/lib/login/errors');
  expect(copy.LoginError).not.toBe(LoginError);
  expect(new copy.LoginError('expired')).toBeInstanceOf(LoginError);
  expect(new Error('LoginError')).not.toBeInstanceOf(LoginError);
});
