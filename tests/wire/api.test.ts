import { createHash } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { describe } from 'vitest';
import { expectProblem, signInWith } from './support/api';
import { expect, test } from './support/test';

describe('a sign-in with a token is refused', () => {
  const unusable: readonly [string, string | undefined, RegExp][] = [
    ['without a header', undefined, /Authorization/],
    ['with an empty header', '', /Authorization/],
    ['with the word Bearer alone', 'Bearer', /Bearer/],
    ['with Bearer and a blank', 'Bearer ', /Bearer/],
    ['with a password', 'Basic dXNlcjpwYXNz', /Bearer/],
    ['with two tokens', 'Bearer one two', /alone/],
    ['with the word undefined', 'Bearer undefined', /word/],
    ['with the word null', 'Bearer null', /word/],
    ['with the word NaN alone', 'NaN', /word/],
    ['with a percent sign', 'Bearer %', /URL-encoded/],
    ['with an encoded token', 'Bearer abc%2Bdef', /URL-encoded/],
    ['with a token in quotes', 'Bearer "quoted"', /quotes/],
    ['with JSON', 'Bearer {"a":1}', /object/],
    ['with JSON that has blanks', 'Bearer { "access_token": "x" }', /object/],
    ['with a printed object', 'Bearer [object Object]', /object/],
    ['with a placeholder', 'Bearer <token>', /placeholder/],
    ['with a variable that the shell did not replace', `Bearer $${'{KAKAO_TOKEN}'}`, /placeholder/],
    ['with a name in front', 'Bearer access_token=abcdef', /name in front/],
    ['with letters that no token has', 'Bearer tok\u00e9n', /character/],
    ['with something longer than any token', `Bearer ${'a'.repeat(2_000)}`, /./],
  ];
  for (const [what, authorization, detail] of unusable) {
    test(`${what}, and Kakao is not asked`, async ({ stack, kakao }) => {
      const answer = await signInWith(stack, authorization);
      expectProblem(answer, 400, 'INVALID_TOKEN');
      expect(answer.json()['detail']).toMatch(detail);
      expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_request"');
      expect(await kakao.requests()).toEqual([]);
    });
  }

  test('with the token in another header, which the answer names', async ({ stack, kakao, person }) => {
    const { access_token } = await kakao.tokens(person.id);
    const answer = await signInWith(stack, undefined, { access_token });
    expectProblem(answer, 400, 'INVALID_TOKEN');
    expect(answer.json()['detail']).toContain('access_token');
  });

  test('with an ID token, which never reaches Kakao', async ({ stack, kakao, person }) => {
    const { id_token } = await kakao.tokens(person.id);
    for (const authorization of [`Bearer ${id_token}`, id_token]) {
      const answer = await signInWith(stack, authorization);
      expectProblem(answer, 400, 'INVALID_TOKEN');
      expect(answer.json()['detail']).toMatch(/ID token/);
    }
    expect(await kakao.requests()).toEqual([]);
  });

  test('with a token of this service, which never reaches Kakao', async ({
    stack,
    kakao,
    person,
    visitor,
  }) => {
    await visitor.logIn(person.id);
    const before = (await kakao.requests()).length;
    const answer = await signInWith(stack, `Bearer ${visitor.session}`);
    expectProblem(answer, 400, 'INVALID_TOKEN');
    expect(answer.json()['detail']).toMatch(/token of this service/);
    expect(await kakao.requests()).toHaveLength(before);
  });

  test('with an authorization code, and the answer says that it has to be exchanged', async ({
    stack,
    person,
    visitor,
  }) => {
    const callback = new URL(await visitor.agree(await visitor.begin(), person.id));
    const answer = await signInWith(stack, `Bearer ${callback.searchParams.get('code')}`);
    expectProblem(answer, 400, 'INVALID_TOKEN');
    expect(answer.json()['detail']).toMatch(/authorization code.*exchange/i);
  });

  test('with something that Kakao cannot read', async ({ stack }) => {
    expectProblem(await signInWith(stack, 'Bearer not.a.token'), 400, 'INVALID_TOKEN');
  });

  test('with a token that Kakao does not know', async ({ stack }) => {
    expectProblem(await signInWith(stack, `Bearer ${'x'.repeat(64)}`), 404, 'NOT_FOUND_IN_KAKAO');
  });

  for (const kakaoCode of [-101, -103]) {
    test(`for a person whom Kakao answers with ${kakaoCode}`, async ({ stack, kakao, person }) => {
      const { access_token } = await kakao.tokens(person.id);
      await kakao.fault('/v2/user/me', { kakao: kakaoCode });
      expectProblem(await signInWith(stack, `Bearer ${access_token}`), 404, 'NOT_FOUND_IN_KAKAO');
    });
  }

  test('for a dormant account', async ({ stack, kakao, person }) => {
    const { access_token } = await kakao.tokens(person.id);
    await kakao.change(person, { state: 'dormant' });
    expectProblem(await signInWith(stack, `Bearer ${access_token}`), 404, 'NOT_FOUND_IN_KAKAO');
  });

  test('with a token of another Kakao app, and no user is made', async ({
    stack,
    kakao,
    person,
    database,
  }) => {
    const { access_token } = await kakao.tokens(person.id, { clientId: '1d0ca1a11ec0ffee5eed0000cafe0002' });
    expectProblem(await signInWith(stack, `Bearer ${access_token}`), 403, 'TOKEN_OF_ANOTHER_APP');
    expect(database.users(person.id)).toEqual([]);
  });

  test('with a token of another app even if the profile does not come', async ({ stack, kakao, person }) => {
    const { access_token } = await kakao.tokens(person.id, { clientId: '1d0ca1a11ec0ffee5eed0000cafe0002' });
    await kakao.fault('/v2/user/me', { status: 500, body: 'down', always: true });
    expectProblem(await signInWith(stack, `Bearer ${access_token}`), 403, 'TOKEN_OF_ANOTHER_APP');
  });

  test('for a child under 14', async ({ stack, kakao, person, database }) => {
    const { access_token } = await kakao.tokens(person.id);
    await kakao.change(person, { under14: true });
    expectProblem(await signInWith(stack, `Bearer ${access_token}`), 403, 'UNDER_14');
    expect(database.users(person.id)).toEqual([]);
  });

  test('for a user who is blocked here, whose data then stays as it was', async ({
    stack,
    kakao,
    person,
    database,
  }) => {
    const { access_token } = await kakao.tokens(person.id);
    await signInWith(stack, `Bearer ${access_token}`);
    database.block(person.id);
    await kakao.change(person, { nickname: '새 이름' });
    expectProblem(await signInWith(stack, `Bearer ${access_token}`), 403, 'BLOCKED');
    expect(database.users(person.id)).toMatchObject([{ nickname: person.nickname }]);
    expect(database.sessions(person.id)).toHaveLength(1);
  });

  test('after too many requests from one address, with the time to wait', async ({ stack }) => {
    const from = { 'x-forwarded-for': '203.0.113.77' };
    let last = 0;
    const flood = async () => {
      for (let count = 0; count < 60 && last !== 429; count += 1) {
        last = (await signInWith(stack, undefined, from)).status;
      }
    };
    await Promise.all(Array.from({ length: 25 }, flood));
    const answer = await signInWith(stack, undefined, from);
    expectProblem(answer, 429, 'TOO_MANY_REQUESTS');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expectProblem(
      await signInWith(stack, undefined, { 'x-forwarded-for': '203.0.113.78' }),
      400,
      'INVALID_TOKEN',
    );
  });

  test('by any other method than POST', async ({ visitor }) => {
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await visitor.send('/api/auth/kakao', { method });
      expectProblem(answer, 405, 'METHOD_NOT_ALLOWED');
      expect(answer.headers.allow).toContain('POST');
    }
  });
});

describe('a sign-in with a token', () => {
  test('answers with the user and a token, and sets the same token as cookie', async ({
    stack,
    kakao,
    person,
  }) => {
    const { access_token } = await kakao.tokens(person.id);
    const answer = await signInWith(stack, `Bearer ${access_token}`);
    expect(answer.status).toBe(200);
    const body = answer.json();
    expect(body).toEqual({
      message: 'SUCCESS',
      access_token: expect.stringMatching(/^eyJ/),
      token_type: 'bearer',
      expires_in: expect.any(Number),
      is_new_user: true,
      user: {
        id: expect.any(String),
        kakaoId: person.id,
        nickname: person.nickname,
        profileImageUrl: expect.stringMatching(/^https:\/\/k\.kakaocdn\.net\//),
        email: person.email,
        createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
        lastLoginAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      },
    });
    expect(answer.headers['cache-control']).toBe('private, no-store');
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.setCookies).toHaveLength(1);
    expect(answer.setCookies[0]).toMatch(
      /^session-\d+=[\w.-]+; Path=\/; Max-Age=(2592000|25919\d\d); HttpOnly; SameSite=Lax$/,
    );
    expect(answer.setCookies[0]).toContain(`session-${stack.port}=${body['access_token']};`);
    expectToken(String(body['access_token']), stack, body);
  });

  test('takes the token without the word Bearer, and with it in any case', async ({
    stack,
    kakao,
    person,
  }) => {
    const { access_token } = await kakao.tokens(person.id);
    for (const authorization of [access_token, `bearer ${access_token}`, `BEARER  ${access_token}`]) {
      expect((await signInWith(stack, authorization)).status).toBe(200);
    }
  });

  test('knows somebody who comes again, and brings the data up to date', async ({
    stack,
    kakao,
    person,
    database,
  }) => {
    const { access_token } = await kakao.tokens(person.id);
    const first = (await signInWith(stack, access_token)).json();
    await kakao.change(person, { nickname: '바뀐 이름' });
    const second = (await signInWith(stack, access_token)).json();
    expect(second).toMatchObject({ is_new_user: false, user: { nickname: '바뀐 이름' } });
    expect((second['user'] as { id: string }).id).toBe((first['user'] as { id: string }).id);
    expect(database.users(person.id)).toHaveLength(1);
  });

  test('makes one user of many first logins at once', async ({ stack, kakao, person, database }) => {
    const { access_token } = await kakao.tokens(person.id);
    const answers = await Promise.all(Array.from({ length: 20 }, () => signInWith(stack, access_token)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.filter((answer) => answer.json()['is_new_user'])).toHaveLength(1);
    expect(database.users(person.id)).toHaveLength(1);
  });

  test('keeps an id beyond 2^53 to its last digit', async ({ stack, kakao }) => {
    const { access_token } = await kakao.tokens('9007199254740993');
    expect((await signInWith(stack, access_token)).json()).toMatchObject({
      user: { kakaoId: '9007199254740993' },
    });
  });

  test('signs in a person who then is known by cookie and by bearer token', async ({
    stack,
    kakao,
    person,
    visitor,
  }) => {
    const { access_token } = await kakao.tokens(person.id);
    const signedIn = await visitor.send('/api/auth/kakao', {
      method: 'POST',
      headers: { authorization: `Bearer ${access_token}` },
    });
    const { user, access_token: ours } = signedIn.json();
    const byCookie = await visitor.send('/api/me');
    expect([byCookie.status, byCookie.json()]).toEqual([200, user]);
    visitor.cookies.clear();
    const byBearer = await visitor.send('/api/me', { headers: { authorization: `Bearer ${ours}` } });
    expect([byBearer.status, byBearer.json()]).toEqual([200, user]);
    expect(byBearer.headers['cache-control']).toBe('private, no-store');
    expect(stack.appUrl).toBe(decodeJwt(String(ours)).iss);
  });
});

describe('who am I', () => {
  test('is refused without a session, with rubbish, and with a token of Kakao’s', async ({
    visitor,
    kakao,
    person,
  }) => {
    expectProblem(await visitor.send('/api/me'), 401, 'UNAUTHENTICATED');
    const { access_token, id_token } = await kakao.tokens(person.id);
    for (const token of ['rubbish', 'a.b.c', access_token, id_token]) {
      const answer = await visitor.send('/api/me', { headers: { authorization: `Bearer ${token}` } });
      expectProblem(answer, 401, 'UNAUTHENTICATED');
    }
  });

  test('goes by the bearer token when there is a cookie as well', async ({ visitor, person }) => {
    await visitor.logIn(person.id);
    expectProblem(
      await visitor.send('/api/me', { headers: { authorization: 'Bearer x' } }),
      401,
      'UNAUTHENTICATED',
    );
  });

  test('is a problem document below every address that does not exist', async ({ visitor }) => {
    expectProblem(await visitor.send('/api/nowhere'), 404, 'NOT_FOUND');
    expectProblem(await visitor.send('/api/me/nowhere'), 404, 'NOT_FOUND');
  });
});

test('live and ready answer without anybody being asked', async ({ visitor, kakao }) => {
  for (const path of ['/api/health/live', '/api/health/ready']) {
    expect((await visitor.send(path)).status).toBe(200);
  }
  expect(await kakao.requests()).toEqual([]);
});

/** The claims that the contract names, under the name of our secret, and nothing personal. */
function expectToken(
  token: string,
  stack: { appUrl: string; secret: string },
  body: Record<string, unknown>,
): void {
  const claims = decodeJwt(token);
  const user = body['user'] as { id: string };
  expect(decodeProtectedHeader(token)).toMatchObject({
    alg: 'HS256',
    kid: createHash('sha256').update(stack.secret).digest('hex').slice(0, 8),
  });
  expect(claims).toEqual({
    iss: stack.appUrl,
    aud: 'kakao-login',
    sub: user.id,
    id: user.id,
    sid: expect.any(String),
    iat: expect.any(Number),
    exp: expect.any(Number),
  });
  expect(Number(claims.exp) - Number(claims.iat)).toBeLessThanOrEqual(30 * 86_400);
  expect(Math.abs(Number(claims.exp) - Date.now() / 1_000 - Number(body['expires_in']))).toBeLessThan(5);
}
