import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe } from 'vitest';
import { Visitor } from '../stack/visitor';
import { signInWith } from '../wire/support/api';
import { expect, test } from '../wire/support/test';
import { expectCalm } from './support/session';

// Kakao may be down, slow or lying: a clear answer, nothing half made, and nobody else's account.

const agreed = { is_email_valid: true, is_email_verified: true };
const emails: readonly [string, string | null][] = [
  ['hana.kim.@example.ne.jp', 'hana.kim.@example.ne.jp'],
  ['hana..kim@example.ne.jp', 'hana..kim@example.ne.jp'],
  ['o&m@example.com', 'o&m@example.com'],
  ['hana/kim@example.com', 'hana/kim@example.com'],
  ["o'hara@example.com", "o'hara@example.com"],
  ['a+b=c@example.com', 'a+b=c@example.com'],
  ['ka***@kakao.com', null],
  ['k*@kakao.com', null],
  ['a@example.com, b@example.com', null],
  ['a@example.com;b@example.com', null],
  ['a@example.com b@example.com', null],
  ['a@b@example.com', null],
  ['a@example.com\r\nBcc: all@example.com', null],
  ['a\u0000@example.com', null],
  ['a', null],
  ['@example.com', null],
  ['a@', null],
  [`${'a'.repeat(400)}@example.com`, null],
];

describe('an e-mail that Kakao says is valid and verified', () => {
  for (const [email, kept] of emails) {
    test(`${JSON.stringify(email.slice(0, 40))} is ${kept === null ? 'not stored' : 'stored as it is'}`, async ({
      stack,
      kakao,
      person,
    }) => {
      const { access_token } = await kakao.tokens(person.id);
      const body = JSON.stringify({ kakao_account: { email, ...agreed } });
      await kakao.fault('/v2/user/me', { body: `{"id":${person.id},${body.slice(1)}` });
      const answer = await signInWith(stack, access_token);
      expect([answer.status, (answer.json()['user'] as { email: unknown }).email]).toEqual([200, kept]);
    });
  }
});

describe('what Kakao puts in place of what a person has not said', () => {
  test('is not taken for theirs', async ({ stack, kakao, person }) => {
    const { access_token } = await kakao.tokens(person.id);
    const profile = {
      nickname: '닉네임을 등록해주세요',
      is_default_nickname: true,
      profile_image_url: 'https://img1.kakaocdn.net/thumb/R640x640.q70/default_profile.jpeg',
      is_default_image: true,
    };
    const rest = JSON.stringify({
      kakao_account: { profile },
      properties: { nickname: '닉네임을 등록해주세요' },
    });
    await kakao.fault('/v2/user/me', { body: `{"id":${person.id},${rest.slice(1)}` });
    const { user } = (await signInWith(stack, access_token)).json();
    expect(user).toMatchObject({ nickname: null, profileImageUrl: null });
  });
});

const lies: readonly [string, Readonly<Record<string, unknown>>][] = [
  ['a list of people', { body: '[{"id":1}]' }],
  ['two ids', { body: '{"id":1,"id":2}' }],
  ['an id in exponents', { body: '{"id":1e9}' }],
  ['nesting without end', { body: '['.repeat(50_000) }],
  ['a page with status 200', { body: '<html>로그인</html>', contentType: 'text/html' }],
  ['HTML with status 500', { status: 500, body: '<h1>Oops</h1>', contentType: 'text/html' }],
  ['a redirect to another host', { status: 307, body: '', headers: { Location: 'https://evil.example/' } }],
  ['a redirect to ourselves', { status: 308, body: '', headers: { Location: '/v2/user/me' } }],
  ['one byte a second', { bytesPerSecond: 1, body: '{"id":12345678901234567}' }],
  ['headers and then nothing', { bodyDelayMs: 20_000 }],
  [
    'a zip bomb',
    { body: gzipSync(Buffer.alloc(900_000)).toString('latin1'), headers: { 'Content-Encoding': 'gzip' } },
  ],
  ['bytes that are not text', { body: '\u0000\u0001\ufffd{"id":1}' }],
  ['a connection that is cut', { reset: true }],
  ['half an answer', { truncate: true }],
];

for (const endpoint of ['/oauth/token', '/v2/user/me', '/v1/user/access_token_info']) {
  for (const [what, effect] of lies) {
    test(`${what} from ${endpoint} signs nobody in, within 6 s`, async ({
      stack,
      kakao,
      person,
      database,
    }) => {
      const { access_token } = await kakao.tokens(person.id);
      await kakao.fault(endpoint, { ...effect, always: true });
      const begun = Date.now();
      const [byApi, byBrowser] = await Promise.all([
        endpoint === '/oauth/token' ? null : signInWith(stack, access_token),
        endpoint === '/v1/user/access_token_info' ? null : new Visitor(stack).tryLogIn(person.id),
      ]);
      expect(Date.now() - begun).toBeLessThan(6_500);
      if (byBrowser !== null) expect(byBrowser).toMatch(/^\/login\?error=(kakao_unavailable|unexpected)$/);
      if (byApi !== null) {
        expect([400, 503]).toContain(byApi.status);
        expectCalm({ ...byApi, status: 400 });
      }
      expect(database.users(person.id)).toEqual([]);
    });
  }
}

test('any JSON at all in place of the profile is a refusal or the right person', async ({
  stack,
  kakao,
  person,
}) => {
  const { access_token } = await kakao.tokens(person.id);
  const value = fc.oneof(fc.jsonValue(), fc.constantFrom(null, true, 'text', -1, [], {}));
  const member = fc.constantFrom(
    'id',
    'kakao_account',
    'properties',
    'connected_at',
    '__proto__',
    'constructor',
  );
  await fc.assert(
    fc.asyncProperty(fc.dictionary(member, value), async (parts) => {
      await kakao.clearFaults();
      await kakao.fault('/v2/user/me', { body: JSON.stringify(parts), always: true });
      const answer = await signInWith(stack, access_token);
      expect([200, 400, 503]).toContain(answer.status);
      if (answer.status === 200) expect(answer.json()['user']).toMatchObject({ kakaoId: person.id });
      expect(answer.text).not.toMatch(/TypeError|node_modules/);
    }),
    { numRuns: 60 },
  );
});

test('signed-in people notice nothing of Kakao being down, and logins work once it is back', async ({
  kakao,
  person,
  visitor,
  stack,
}) => {
  await visitor.logIn(person.id);
  for (const endpoint of ['/oauth/token', '/v2/user/me', '/v2/user/scopes', '/.well-known/jwks.json']) {
    await kakao.fault(endpoint, { reset: true, always: true });
  }
  await Promise.all(Array.from({ length: 10 }, () => new Visitor(stack).tryLogIn(person.id)));
  for (const path of [
    '/',
    '/account',
    '/api/me',
    '/api/sessions',
    '/api/auth/session',
    '/api/health/ready',
  ]) {
    expect((await visitor.send(path)).status, path).toBe(200);
  }
  await kakao.clearFaults();
  const back = new Visitor(stack);
  await expect.poll(() => back.tryLogIn(person.id), { interval: 500 }).toBe('/account');
});
