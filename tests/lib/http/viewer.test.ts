import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { viewerOfCookie, viewerOfRequest } from '@/lib/http/viewer';
import { signIn } from '@/lib/login/sign-in';
import { withApp } from '../../support/app';
import { pressed } from '../../support/browser';

const app = withApp();
const person = { id: '7', nickname: null, profileImageUrl: null, email: null };
let token: string;

beforeEach(async () => {
  globalThis.kakaoLoginWiring = Promise.resolve(app.deps());
  token = (await signIn(app.deps(), person, pressed(app.deps().now()))).token;
});
afterEach(() => {
  globalThis.kakaoLoginWiring = undefined;
});

const seen = async (headers: Record<string, string>) =>
  (await viewerOfRequest(new Request('http://localhost/api/me', { headers })))?.user.kakaoId ?? null;

describe('a request is of nobody', () => {
  it('without a token, or with one in the wrong place', async () => {
    expect(await seen({})).toBeNull();
    expect(await seen({ 'x-access-token': token })).toBeNull();
    expect(await seen({ cookie: `token=${token}` })).toBeNull();
  });

  it('with two session cookies that differ', async () => {
    expect(await seen({ cookie: `session-3000=${token}; session-3000=tossed` })).toBeNull();
    expect(
      await viewerOfCookie(new Headers({ cookie: `session-3000=tossed; session-3000=${token}` })),
    ).toBeNull();
  });

  it.each(['Bearer', 'Bearer nonsense', 'Basic dTpw', ''])(
    'with the authorization %j, whatever its cookie says',
    async (authorization) => {
      expect(await seen({ authorization, cookie: `session-3000=${token}` })).toBeNull();
    },
  );

  it('with our token but another scheme, or none', async () => {
    expect(await seen({ authorization: `Basic ${token}` })).toBeNull();
    expect(await seen({ authorization: token })).toBeNull();
    expect(await seen({ authorization: `Bearer ${token} more` })).toBeNull();
  });
});

it('a request is of the person whose token it carries', async () => {
  expect(await seen({ cookie: `a=b; session-3000=${token}` })).toBe('7');
  expect(await seen({ authorization: `Bearer ${token}` })).toBe('7');
  expect(await seen({ authorization: `bearer  ${token} ` })).toBe('7');
});
