import { describe, expect, it, vi } from 'vitest';
import { type SignInRefusal, SignInRefused } from '@/lib/db/sign-in';
import { CallbackError } from '@/lib/kakao/authorize';
import { KakaoError, type KakaoErrorCode, readApiError, readOAuthError } from '@/lib/kakao/errors';
import { LoginError, readToldCause, toLoginError, toldCause } from '@/lib/login/errors';
import { text } from '@/lib/text';
import { kapiCodes } from '../../../emulator/src/refusals/kapi-codes';
import { koeCodes } from '../../../emulator/src/refusals/koe-codes';

const ofKakao = (kind: KakaoErrorCode) => toLoginError(new KakaoError(kind, 'no', { kakaoCode: '-1' }));

describe('a login failure', () => {
  it.each([
    ['token_unknown', 'kakao_rejected'],
    ['token_malformed', 'kakao_rejected'],
    ['not_linked', 'kakao_rejected'],
    ['account_unusable', 'kakao_rejected'],
    ['account_restricted', 'kakao_unavailable'],
    ['tokens_limited', 'kakao_unavailable'],
    ['busy', 'kakao_unavailable'],
    ['consent_missing', 'kakao_unavailable'],
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

/** What the login page says: its code, and the cause that it tells in words of its own. */
const said = (error: unknown) => {
  const { code, reason } = toLoginError(error);
  return [code, toldCause(reason)];
};

/** Every code that Kakao may answer an exchange or a request for the profile with. */
const judged = new Map<string | number, readonly [string, string | null]>([
  ...['KOE009', 'KOE010', 'KOE101', 'KOE114', 'KOE126', 'KOE127', 'KOE303', 'KOE310'].map(
    (code) => [code, ['misconfigured', null]] as const,
  ),
  ...['KOE313', 'KOE319', 'KOE320', 'KOE322'].map((code) => [code, ['kakao_rejected', null]] as const),
  ['KOE003', ['kakao_unavailable', null]],
  ['KOE125', ['kakao_unavailable', 'refused']],
  ['KOE237', ['kakao_unavailable', 'too_many_logins']],
  ...[-1, -7, -603].map((code) => [code, ['kakao_unavailable', null]] as const),
  [-9798, ['kakao_unavailable', 'maintenance']],
  [-10, ['kakao_unavailable', 'busy']],
  [-4, ['kakao_unavailable', 'account_restricted']],
  [-402, ['kakao_unavailable', 'consent_missing']],
  [-2, ['kakao_rejected', 'refused']],
  [-101, ['kakao_rejected', 'not_linked']],
  [-103, ['kakao_rejected', 'account_unusable']],
  [-401, ['kakao_rejected', 'token_unknown']],
  [-406, ['under_14', null]],
]);

describe('what the login page says is true of', () => {
  const koe = Object.entries(koeCodes).filter(([, { endpoints }]) => endpoints.includes('/oauth/token'));
  it.each(koe)('%s', (code, { status, error }) => {
    const failure = readOAuthError(status, { error, error_code: code, error_description: 'no' });
    expect(said(failure)).toEqual(judged.get(code));
  });

  it.each([...kapiCodes])('%i', (code, { status }) => {
    // All that is not in the list is for the operator to know: the person can do nothing about it.
    const expected = judged.get(code) ?? ['kakao_unavailable', 'refused'];
    expect(said(readApiError(status, { code, msg: 'no' }))).toEqual(expected);
  });

  it.each([
    ['cancelled', 'cancelled', null],
    ['not_silent', 'cancelled', 'not_silent'],
    ['under_14', 'under_14', null],
    ['misconfigured', 'misconfigured', null],
    ['refused', 'misconfigured', 'refused'],
    ['unavailable', 'kakao_unavailable', null],
    ['invalid', 'expired', 'incomplete'],
  ] as const)('a callback that is %s', (what, code, cause) => {
    expect(said(new CallbackError(what))).toEqual([code, cause]);
  });

  it.each([
    ['blocked', 'blocked', null],
    ['disabled', 'blocked', 'disabled'],
    ['withdrawn', 'expired', 'withdrawn'],
  ] as const)('somebody who is %s', (refusal: SignInRefusal, code, cause) => {
    const refused = new LoginError('blocked', new SignInRefused(refusal));
    expect(said(new LoginError(code, refused))).toEqual([code, cause]);
  });

  it('nothing that is not told by the page', () => {
    expect(toldCause(undefined)).toBeNull();
    for (const cause of Object.keys(text('ko').login.causes)) expect(readToldCause(cause)).toBe(cause);
    for (const cause of ['', 'misconfigured', 'constructor', null]) expect(readToldCause(cause)).toBeNull();
  });
});

it('an error of another copy of this code is one of ours', async () => {
  vi.resetModules();
  const copy = await import('@/lib/login/errors');
  expect(copy.LoginError).not.toBe(LoginError);
  expect(new copy.LoginError('expired')).toBeInstanceOf(LoginError);
  expect(new Error('LoginError')).not.toBeInstanceOf(LoginError);
});
