import { describe, expect, it } from 'vitest';
import { looksLikeAuthorizationCode, readAccessToken } from '@/lib/http/access-token';
import { Problem } from '@/lib/http/problem';

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

  it.each(['é', `Bearer ${'x'.repeat(1_025)}`, 'Bearer tok\u00a0en'])('%.20j cannot be a token', (value) => {
    expect(refusal({ authorization: value })).not.toMatch(/^accepted/);
  });
});

it.each(['Bearer the-token', 'bearer the-token', 'BEARER   the-token  ', 'the-token'])(
  'the token of %j is found',
  (authorization) => expect(readAccessToken(new Headers({ authorization }))).toBe('the-token'),
);

it('an authorization code is known by its length and letters', () => {
  expect(looksLikeAuthorizationCode('a'.repeat(79))).toBe(false);
  expect(looksLikeAuthorizationCode(`${'a'.repeat(80)}.`)).toBe(false);
  expect(looksLikeAuthorizationCode('a'.repeat(64))).toBe(false);
  expect(looksLikeAuthorizationCode('aZ0-_'.repeat(17))).toBe(true);
});
