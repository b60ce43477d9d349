import { describe, expect, it } from 'vitest';
import { looksLikeAuthorizationCode, readAccessToken, refuseLogin } from '@/lib/http/access-token';
import { Problem } from '@/lib/http/problem';
import { KakaoError, type KakaoErrorCode } from '@/lib/kakao/errors';
import { LoginError, toLoginError } from '@/lib/login/errors';
import { stubEnvironment } from '../../support/env';

stubEnvironment();

/** The detail of the refusal of these headers. */
function refusal(headers: Record<string, string>): string {
  try {
    return `accepted ${readAccessToken(new Headers(headers))}`;
  } catch (error) {
    if (error instanceof Problem && error.code === 'INVALID_TOKEN') return error.detail;
    throw error;
  }
}

describe('a request without a usable token is told its mistake', () => {
  it('the header is missing or empty', () => {
    expect(refusal({})).toMatch(/^The Authorization header is missing/);
    expect(refusal({ authorization: '' })).toMatch(/missing/);
    expect(refusal({ authorization: '   ' })).toMatch(/missing/);
  });

  it.each(['access_token', 'access-token', 'X-Access-Token', 'token', 'kakao-token'])(
    'the token is in the header %s',
    (name) => {
      expect(refusal({ [name]: 'secret-token' })).toContain(`in the ${name.toLowerCase()} header`);
      expect(refusal({ [name]: 'secret-token' })).not.toContain('secret-token');
    },
  );

  it.each(['Bearer', 'bearer', 'Bearer  ', 'BEARER '])('there is nothing after %j', (authorization) => {
    expect(refusal({ authorization })).toMatch(/no token after the word Bearer/);
  });

  it.each(['Basic dXNlcjpwYXNz', 'Bearer one two', 'Bearer one, Bearer two', 'Token abc', 'Bearer Bearer x'])(
    '%j is more than a token',
    (authorization) => expect(refusal({ authorization })).toMatch(/alone/),
  );

  it.each(['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln', 'Bearer eyJh.eyJz.c2ln', 'Bearer eyJh.eyJz.'])(
    '%j is a JWT',
    (authorization) => expect(refusal({ authorization })).toMatch(/This is a JWT/),
  );

  it.each([
    ['HS256', /a token of this service: use it for \/api\/me/],
    ['RS256', /an ID token of Kakao/],
    ['ES256', /^[^,]*This is a JWT\. Send/],
  ])('a JWT by %s is told what it is', (alg, words) => {
    const header = Buffer.from(JSON.stringify({ alg })).toString('base64url');
    expect(refusal({ authorization: `Bearer ${header}.eyJzdWIiOiIxIn0.c2ln` })).toMatch(words);
  });

  it.each([
    ['undefined', /word/],
    ['NULL', /word/],
    ['NaN', /word/],
    ['None', /word/],
    ['[object Object]', /object/],
    ['{"access_token": "x"}', /object/],
    ['"quoted"', /quotes/],
    ["'quoted'", /quotes/],
    ['<access token>', /placeholder/],
    ['$TOKEN', /placeholder/],
    ['%', /URL-encoded/],
    ['a%2Bb', /URL-encoded/],
    ['access_token=abc', /name in front/],
    ['token:abc', /name in front/],
    ['a,b', /character/],
    ['a=b=', /name in front/],
    ['=', /character/],
    ['=abc', /character/],
  ])('%s is told what it is', (value, words) => {
    for (const authorization of [value, `Bearer ${value}`]) {
      expect(refusal({ authorization })).toMatch(words);
      expect(refusal({ authorization })).not.toMatch(/^accepted/);
    }
  });

  it('a sealed token of ours, or any of five parts, is a JWT', () => {
    expect(refusal({ authorization: 'Bearer eyJhbGciOiJkaXIifQ..a.b.c' })).toMatch(/This is a JWT/);
  });

  it.each(['é', `Bearer ${'x'.repeat(1_025)}`, 'Bearer tok\u00a0en'])('%.20j cannot be a token', (value) => {
    expect(refusal({ authorization: value })).not.toMatch(/^accepted/);
  });
});

it.each(['Bearer the-token', 'bearer the-token', 'BEARER   the-token  ', 'the-token'])(
  'the token of %j is found',
  (authorization) => expect(readAccessToken(new Headers({ authorization }))).toBe('the-token'),
);

it.each(['a', 'Az09-._~+/==', 'nullable', 'undefined1', `${'x'.repeat(63)}=`, 'x'.repeat(1_024)])(
  '%.20j has the characters of a token (RFC 6750 2.1)',
  (token) => expect(readAccessToken(new Headers({ authorization: `Bearer ${token}` }))).toBe(token),
);

it('an authorization code is known by its length and letters', () => {
  expect(looksLikeAuthorizationCode('a'.repeat(79))).toBe(false);
  expect(looksLikeAuthorizationCode(`${'a'.repeat(80)}.`)).toBe(false);
  expect(looksLikeAuthorizationCode('a'.repeat(64))).toBe(false);
  expect(looksLikeAuthorizationCode('aZ0-_'.repeat(17))).toBe(true);
});

const code = 'c'.repeat(86);
const token = 't'.repeat(64);

function problemOf(error: unknown, accessToken = token): unknown {
  try {
    return refuseLogin(error, accessToken, new Headers());
  } catch (refusal) {
    return refusal;
  }
}

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
  });

  it('what it was when it is unexpected', () => {
    const unexpected = new LoginError('unexpected', new Error('x'));
    expect(problemOf(unexpected)).toBe(unexpected);
  });
});
