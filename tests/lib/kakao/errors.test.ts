import { describe, expect, it, vi } from 'vitest';
import { KakaoError, readApiError, readOAuthError } from '@/lib/kakao/errors';

describe('a refusal of the user API is read from its body, not its status', () => {
  it.each([
    [400, -1, 'unavailable'],
    [400, -2, 'token_malformed'],
    [400, -7, 'unavailable'],
    [400, -10, 'busy'],
    [400, -101, 'not_linked'],
    [400, -103, 'account_unusable'],
    [401, -401, 'token_unknown'],
    [400, -401, 'token_unknown'],
    [403, -401, 'token_unknown'],
    [401, -406, 'under_14'],
    [400, -603, 'unavailable'],
    [400, -9798, 'maintenance'],
    [503, -9798, 'maintenance'],
    [403, -3, 'refused'],
    [403, -4, 'account_restricted'],
    [403, -5, 'refused'],
    [400, -12, 'refused'],
    [403, -402, 'consent_missing'],
    [400, -987654, 'refused'],
    [404, -401, 'token_unknown'],
  ])('HTTP %i with code %i is %s', (status, code, expected) => {
    const error = readApiError(status, { code, msg: 'whatever' });
    expect(error.code).toBe(expected);
    expect(error.kakaoCode).toBe(String(code));
    expect(error.transient).toBe(['unavailable', 'busy', 'maintenance'].includes(expected));
  });

  it('reads a code that was parsed exactly, and one that came as text', () => {
    expect(readApiError(400, { code: -401n }).code).toBe('token_unknown');
    expect(readApiError(400, { code: '-401' }).code).toBe('token_unknown');
  });

  it('does not blame the token when our own address is not allowed', () => {
    const error = readApiError(401, { code: -401, msg: 'ip mismatched! callerIp=192.0.2.1' });
    expect(error.code).toBe('refused');
    expect(error.message).not.toContain('192.0.2.1');
  });

  it.each([
    ['a server error, whatever the body says', 500, { code: -401 }],
    ['no body', 400, null],
    ['a web page', 401, '<html>'],
    ['JSON without a code', 401, { msg: 'no' }],
    ['a code that is an object', 400, { code: {} }],
    ['a code that goes on for ever', 400, { code: '-401'.repeat(1_000) }],
    ['a list', 400, [-401]],
  ])('%s is unavailable', (_, status, body) => {
    expect(readApiError(status, body)).toMatchObject({ code: 'unavailable', transient: true });
  });

  it('is busy with HTTP 429, whatever the body says', () => {
    expect(readApiError(429, { code: -401 })).toMatchObject({ code: 'busy', transient: true });
  });

  it('keeps no free text that comes where a code belongs', () => {
    const error = readApiError(400, { code: 'token SECRET is bad' });
    expect(`${error.message} ${error.kakaoCode}`).not.toContain('SECRET');
  });

  it('is not fooled by names that every object has', () => {
    expect(readApiError(400, { code: 'constructor' }).code).toBe('refused');
    expect(readApiError(400, { code: 'toString' }).code).toBe('refused');
  });
});

describe('a refusal of the token endpoint', () => {
  it.each([
    ['KOE320', 400, 'invalid_grant', 'code_rejected'],
    ['KOE313', 400, 'invalid_grant', 'code_rejected'],
    ['KOE319', 400, 'invalid_grant', 'code_rejected'],
    ['KOE303', 400, 'invalid_grant', 'misconfigured'],
    ['KOE010', 401, 'invalid_client', 'misconfigured'],
    ['KOE101', 401, 'invalid_client', 'misconfigured'],
    ['KOE006', 400, 'invalid_request', 'misconfigured'],
    ['KOE114', 400, 'invalid_grant', 'misconfigured'],
    ['KOE237', 400, 'invalid_request', 'tokens_limited'],
    ['KOE003', 400, 'server_error', 'unavailable'],
    ['KOE999', 400, 'invalid_grant', 'code_rejected'],
    ['KOE999', 400, 'something_new', 'refused'],
    ['KOE999', 400, 'server_error', 'unavailable'],
    ['KOE999', 400, 'temporarily_unavailable', 'unavailable'],
    ['constructor', 400, 'invalid_grant', 'code_rejected'],
  ])('%s (HTTP %i, %s) is %s', (kakaoCode, status, error, expected) => {
    const read = readOAuthError(status, { error, error_code: kakaoCode, error_description: 'no' });
    expect(read).toMatchObject({
      code: expected,
      kakaoCode,
      transient: /unavailable|limited/.test(expected),
    });
  });

  it.each([
    ['429', 429, { error: 'invalid_grant', error_code: 'KOE320' }],
    ['500', 500, { error: 'invalid_grant', error_code: 'KOE320' }],
    ['a web page', 400, undefined],
    ['JSON without an error', 400, {}],
  ])('%s may pass, so nobody is told that their code is bad', (_, status, body) => {
    expect(readOAuthError(status, body).code).toBe(status === 429 ? 'busy' : 'unavailable');
  });

  it('is busy with HTTP 429, whatever the body says', () => {
    expect(readApiError(429, { code: -401 })).toMatchObject({ code: 'busy', transient: true });
  });

  it('keeps no free text that comes where a code belongs', () => {
    const error = readOAuthError(400, { error: 'invalid_grant', error_code: 'code SECRET is bad' });
    expect(`${error.message} ${error.kakaoCode}`).not.toContain('SECRET');
  });

  it('keeps nothing of the description, which repeats the code', () => {
    const description = 'authorization code not found for code=SECRET';
    const error = readOAuthError(400, { error: 'invalid_grant', error_description: description });
    expect(error).toMatchObject({ code: 'code_rejected', kakaoCode: undefined });
    expect(`${error.message} ${JSON.stringify(error)}`).not.toContain('SECRET');
  });
});

it('a KakaoError is an Error with the name of its kind', () => {
  const cause = new Error('below');
  expect(new KakaoError('refused', 'no', { cause })).toMatchObject({ name: 'KakaoError', cause });
});

it('an error of another copy of this code is one of ours', async () => {
  vi.resetModules();
  const copy = await import('@/lib/kakao/errors');
  expect(copy.KakaoError).not.toBe(KakaoError);
  expect(new copy.KakaoError('unavailable', 'no answer')).toBeInstanceOf(KakaoError);
  expect(new Error('KakaoError')).not.toBeInstanceOf(KakaoError);
});
