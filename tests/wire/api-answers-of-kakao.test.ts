import { expectProblem, signInWith } from './support/api';
import { expect, test } from './support/test';

const idless: readonly [string, string][] = [
  ['no id', '{}'],
  ['an id somewhere else', '{"kakao_account":{"id":5}}'],
  ['the id null', '{"id":null}'],
  ['the id 0', '{"id":0}'],
  ['a negative id', '{"id":-5}'],
  ['a fraction', '{"id":1.5}'],
  ['the id 2^63', '{"id":9223372036854775808}'],
  ['the id 2^63 as a text', '{"id":"9223372036854775808"}'],
  ['a text that is no number', '{"id":"abc"}'],
  ['a hexadecimal text', '{"id":"0x10"}'],
  ['an empty text', '{"id":""}'],
  ['a text with a leading zero', '{"id":"007"}'],
  ['an id that is true', '{"id":true}'],
  ['a list', '{"id":[5]}'],
  ['an object', '{"id":{"value":5}}'],
];

for (const [what, body] of idless) {
  test(`${what} in the profile is a KEY_ERROR`, async ({ stack, kakao, person, database }) => {
    const { access_token } = await kakao.tokens(person.id);
    await kakao.fault('/v2/user/me', { body });
    expectProblem(await signInWith(stack, access_token), 400, 'KEY_ERROR');
    expect(database.users(person.id)).toEqual([]);
  });
}

const silences: readonly [string, Readonly<Record<string, unknown>>][] = [
  ...[-1, -7, -10, -603, -9798, -3, -4, -5, -8, -402, -999].map(
    (code) => [`the code ${code}`, { kakao: code }] as [string, { kakao: number }],
  ),
  ['HTTP 500', { status: 500, body: 'down' }],
  ['HTTP 502 and a page', { status: 502, body: '<html>Bad Gateway</html>', contentType: 'text/html' }],
  ['HTTP 429', { status: 429, body: '{"msg":"slow down","code":-10}' }],
  ['HTTP 400 without a code', { status: 400, body: '{}' }],
  ['a redirect', { status: 302, body: '', headers: { Location: 'https://e.com/' } }],
  ['a cut connection', { reset: true }],
  ['half an answer', { truncate: true }],
  ['broken JSON', { malformed: true }],
  ['a page', { body: '<html>hello</html>', contentType: 'text/html' }],
  ['a list', { body: '[]' }],
  ['nothing', { body: '' }],
  ['silence', { delayMs: 20_000 }],
  ['a foreign address', { status: 401, body: '{"msg":"ip mismatched! callerIp=192.0.2.1","code":-401}' }],
];

for (const endpoint of ['/v2/user/me', '/v1/user/access_token_info']) {
  for (const [what, effect] of silences) {
    test(`${what} from ${endpoint} is 503 within 6 s`, async ({ stack, kakao, person, database }) => {
      const { access_token } = await kakao.tokens(person.id);
      await kakao.fault(endpoint, { ...effect, always: true });
      const begun = Date.now();
      const answer = await signInWith(stack, access_token);
      expect(Date.now() - begun).toBeLessThan(6_000);
      expectProblem(answer, 503, 'KAKAO_UNAVAILABLE');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(database.users(person.id)).toEqual([]);
    });
  }
}

test('silence from both is 503 within 6 s', async ({ stack, kakao, person }) => {
  const { access_token } = await kakao.tokens(person.id);
  for (const endpoint of ['/v2/user/me', '/v1/user/access_token_info']) {
    await kakao.fault(endpoint, { delayMs: 20_000, always: true });
  }
  const begun = Date.now();
  expectProblem(await signInWith(stack, access_token), 503, 'KAKAO_UNAVAILABLE');
  expect(Date.now() - begun).toBeLessThan(6_000);
});

test('two different people in the two answers are 503, and nobody is signed in', async ({
  stack,
  kakao,
  person,
  stranger,
  database,
}) => {
  const { access_token } = await kakao.tokens(person.id);
  await kakao.fault('/v2/user/me', { body: `{"id":${stranger.id}}` });
  expectProblem(await signInWith(stack, access_token), 503, 'KAKAO_UNAVAILABLE');
  expect([...database.users(person.id), ...database.users(stranger.id)]).toEqual([]);
});

test('a single hiccup is asked about once more and not seen', async ({ stack, kakao, person }) => {
  const { access_token } = await kakao.tokens(person.id);
  await kakao.fault('/v2/user/me', { status: 500, body: 'down' });
  await kakao.fault('/v1/user/access_token_info', { reset: true });
  expect((await signInWith(stack, access_token)).status).toBe(200);
  expect(await kakao.requests('/v2/user/me')).toHaveLength(2);
});

const nothing = { nickname: null, profileImageUrl: null, email: null };
const agreed = { is_email_valid: true, is_email_verified: true, email_needs_agreement: false };

/** What Kakao says about a person next to the id, and what we keep of it. */
const profiles: readonly [string, object, object][] = [
  ['nothing but the id', {}, nothing],
  ['an account that is null', { kakao_account: null }, nothing],
  ['an account without a profile', { kakao_account: {} }, nothing],
  ['a profile that is null', { kakao_account: { profile: null } }, nothing],
  ['a nickname that is null', { kakao_account: { profile: { nickname: null } } }, nothing],
  ['a nickname that is a number', { kakao_account: { profile: { nickname: 5 } } }, nothing],
  ['a nickname of blanks', { kakao_account: { profile: { nickname: '  \n ' } } }, nothing],
  ['a nickname in the old place', { properties: { nickname: '옛이름' } }, { ...nothing, nickname: '옛이름' }],
  [
    'two nicknames',
    { kakao_account: { profile: { nickname: '새이름' } }, properties: { nickname: '옛이름' } },
    { ...nothing, nickname: '새이름' },
  ],
  ['a picture without TLS', withPicture('http://k.kakaocdn.net/p.jpg'), nothing],
  ['a picture of a foreign host', withPicture('https://e.com/p.jpg'), nothing],
  ['a picture of a host that only ends like Kakao’s', withPicture('https://evilkakaocdn.net/p.jpg'), nothing],
  ['a script for a picture', withPicture('javascript:alert(1)'), nothing],
  [
    'a picture of Kakao’s',
    withPicture('https://k.kakaocdn.net/p.jpg'),
    { ...nothing, profileImageUrl: 'https://k.kakaocdn.net/p.jpg' },
  ],
  [
    'an e-mail',
    { kakao_account: { email: 'a@example.com', ...agreed } },
    { ...nothing, email: 'a@example.com' },
  ],
  ['an e-mail without a word about it', { kakao_account: { email: 'a@example.com' } }, nothing],
  [
    'an invalid e-mail',
    { kakao_account: { email: 'a@example.com', ...agreed, is_email_valid: false } },
    nothing,
  ],
  [
    'an unverified e-mail',
    { kakao_account: { email: 'a@example.com', ...agreed, is_email_verified: false } },
    nothing,
  ],
  [
    'an e-mail that was not agreed to',
    { kakao_account: { email: 'a@example.com', ...agreed, email_needs_agreement: true } },
    nothing,
  ],
];

for (const [what, body, kept] of profiles) {
  test(`${what} is no error`, async ({ stack, kakao, person }) => {
    const { access_token } = await kakao.tokens(person.id);
    await kakao.fault('/v2/user/me', {
      body: `{"id":${person.id},${JSON.stringify(body).slice(1)}`.replace(',}', '}'),
    });
    const answer = await signInWith(stack, access_token);
    expect(answer.status).toBe(200);
    expect(answer.json()['user']).toMatchObject({ kakaoId: person.id, ...kept });
  });
}

test('an id that comes as a text of digits is the same person', async ({ stack, kakao, person }) => {
  const { access_token } = await kakao.tokens(person.id);
  await kakao.fault('/v2/user/me', { body: `{"id":"${person.id}"}` });
  expect((await signInWith(stack, access_token)).json()).toMatchObject({ user: { kakaoId: person.id } });
});

function withPicture(url: string): object {
  return { kakao_account: { profile: { profile_image_url: url } } };
}
