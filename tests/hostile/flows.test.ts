import { randomBytes } from 'node:crypto';
import { describe } from 'vitest';
import { Visitor } from '../stack/visitor';
import { expect, test } from '../wire/support/test';
import { expectCalm, flowCookies, sessionCookie } from './support/session';

// A login finishes only in the browser that started it, once, whatever arrives at the callback.

const spoiltStates: readonly [string, (state: string) => string][] = [
  ['that was never made', () => randomBytes(32).toString('base64url')],
  ['with one letter more', (state) => `${state}A`],
  ['with one letter less', (state) => state.slice(0, -1)],
  ['in capitals', (state) => state.toUpperCase()],
  ['with a blank behind', (state) => `${state} `],
  ['with a NUL behind', (state) => `${state}\u0000`],
  ['that is only its random half', (state) => state.split('.')[0]?.slice(1) ?? ''],
  ['of a megabyte of letters', (state) => state + 'a'.repeat(12_000)],
  ['that names a property of objects', () => '__proto__'],
  ['that is a JSON object', () => '{"state":true}'],
  ['that is a path', () => '../../login'],
];

describe('a callback', () => {
  for (const [what, spoil] of spoiltStates) {
    test(`with a state ${what} signs nobody in, and Kakao is not asked`, async ({
      kakao,
      person,
      visitor,
    }) => {
      const callback = new URL(await visitor.agree(await visitor.begin(), person.id));
      callback.searchParams.set('state', spoil(callback.searchParams.get('state') ?? ''));
      const answer = await visitor.send(callback.href);
      if (answer.status !== 431) expect(answer.headers.location).toMatch(/^\/login\?error=expired/);
      expect(await kakao.exchanges()).toBe(0);
      expect(await visitor.whoAmI()).toBeNull();
    });
  }

  const spoiltCodes: readonly [string, string][] = [
    ['that was guessed', 'a'.repeat(86)],
    ['that is a script', '<script>alert(1)</script>'],
    ['with a line break', 'abc\r\nset-cookie: a=b'],
    ['that is a JSON list', '["a","b"]'],
    ['that carries another parameter', 'abc&grant_type=refresh_token'],
    ['with a NUL', 'abc\u0000def'],
    ['of 5,000 letters', 'a'.repeat(5_000)],
  ];
  for (const [what, code] of spoiltCodes) {
    test(`with a code ${what} signs nobody in and repeats nothing`, async ({ person, visitor, database }) => {
      const callback = new URL(await visitor.agree(await visitor.begin(), person.id));
      callback.searchParams.set('code', code);
      const answer = await visitor.send(callback.href);
      expectCalm(answer, code);
      expect(answer.headers.location).toMatch(/^\/login\?error=(kakao_rejected|expired)$/);
      expect(answer.headers['set-cookie']?.join() ?? '').not.toContain('a=b');
      expect(database.users(person.id)).toEqual([]);
    });
  }

  const extras: readonly [string, Readonly<Record<string, string>>][] = [
    ['with an error beside its code', { error: 'access_denied' }],
    ['of another issuer (RFC 9207)', { iss: 'https://evil.example' }],
    ['with a token in its address', { access_token: 'stolen', token_type: 'bearer' }],
    ['with an ID token in its address', { id_token: 'eyJhbGciOiJub25lIn0.e30.' }],
  ];
  for (const [what, extra] of extras) {
    test(`${what} never signs in by what it brings`, async ({ person, visitor }) => {
      const callback = new URL(await visitor.agree(await visitor.begin(), person.id));
      callback.searchParams.delete('code');
      for (const [name, value] of Object.entries(extra)) callback.searchParams.set(name, value);
      const answer = await visitor.send(callback.href);
      expect(answer.headers.location).toMatch(/^\/login\?error=/);
      expect(await visitor.whoAmI()).toBeNull();
    });
  }

  const errors = [
    'access_denied',
    'server_error',
    'login_required',
    'invalid_scope',
    'never_heard_of',
    '<script>alert(1)</script>',
    '//evil.example',
  ];
  for (const error of errors) {
    test(`with the error ${error} ends the flow and shows none of Kakao's words`, async ({
      visitor,
      kakao,
    }) => {
      const { state } = await visitor.begin();
      const words = 'call 010-0000-0000 <b>now</b>';
      const query = new URLSearchParams({ error, error_description: words, state });
      const answer = await visitor.send(`/login/callback?${query}`);
      expect(answer.status).toBe(303);
      expect(flowCookies(visitor)).toEqual([]);
      const { answer: page } = await visitor.open(answer.headers.location ?? '');
      expect(page.text).not.toContain('010-0000-0000');
      expect(page.text).not.toContain('<script>alert(1)');
      expect(await kakao.exchanges()).toBe(0);
    });
  }

  test('of a login that another browser began does nothing there, with its session or without', async ({
    kakao,
    person,
    stranger,
    visitor,
    stack,
  }) => {
    await visitor.logIn(person.id);
    const before = await kakao.exchanges();
    const attacker = new Visitor(stack);
    const callback = await attacker.agree(await attacker.begin(), stranger.id);
    await visitor.send(callback);
    expect(await visitor.whoAmI()).toBe(person.id);
    const guest = new Visitor(stack);
    expect((await guest.send(callback)).headers.location).toMatch(/^\/login\?error=expired/);
    expect(await guest.whoAmI()).toBeNull();
    expect(await kakao.exchanges()).toBe(before);
  });

  test('that arrives ten times at once exchanges once and starts one session', async ({
    kakao,
    person,
    visitor,
    database,
  }) => {
    const callback = await visitor.agree(await visitor.begin(), person.id);
    const answers = await Promise.all(Array.from({ length: 10 }, () => visitor.send(callback)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(303));
    expect(await kakao.exchanges()).toBe(1);
    expect(database.sessions(person.id)).toHaveLength(1);
    expect(await visitor.whoAmI()).toBe(person.id);
  });
});

describe('the cookie of a flow', () => {
  const spoilt: readonly [string, (sealed: string) => string][] = [
    ['of random bytes', () => randomBytes(300).toString('base64url')],
    ['with five empty parts', () => '....'],
    ['with a header that says none', (sealed) => withHeader(sealed, { alg: 'none' })],
    ['sealed by RSA, it says', (sealed) => withHeader(sealed, { alg: 'RSA-OAEP', enc: 'A256GCM' })],
    ['compressed, it says', (sealed) => withHeader(sealed, { alg: 'dir', enc: 'A256GCM', zip: 'DEF' })],
    ['without its tag', (sealed) => sealed.split('.').slice(0, 4).join('.').concat('.')],
    ['with a tag of four bytes', (sealed) => `${sealed.split('.').slice(0, 4).join('.')}.AAAAAA`],
    ['with an empty IV', (sealed) => sealed.replace(/\.\.[^.]+\./, '...')],
  ];
  for (const [what, spoil] of spoilt) {
    test(`${what} is expired, removed, and Kakao is not asked`, async ({ kakao, person, visitor }) => {
      const callback = await visitor.agree(await visitor.begin(), person.id);
      const [name = ''] = flowCookies(visitor);
      visitor.cookies.set(name, spoil(visitor.cookies.get(name) ?? ''));
      expect((await visitor.send(callback)).headers.location).toMatch(/^\/login\?error=expired/);
      expect(await kakao.exchanges()).toBe(0);
      expect(flowCookies(visitor)).toEqual([]);
    });
  }

  test('sent twice, the second one an attacker’s, is expired', async ({ kakao, person, visitor }) => {
    const callback = await visitor.agree(await visitor.begin(), person.id);
    const [name = ''] = flowCookies(visitor);
    const cookie = `${name}=${visitor.cookies.get(name)}; ${name}=tossed`;
    const answer = await visitor.send(callback, { headers: { cookie } });
    expect(answer.headers.location).toMatch(/^\/login\?error=expired/);
    expect(await kakao.exchanges()).toBe(0);
  });

  test('is useless as a session, and as our token', async ({ visitor }) => {
    await visitor.begin();
    const [name = ''] = flowCookies(visitor);
    const sealed = visitor.cookies.get(name) ?? '';
    const authorization = `Bearer ${sealed}`;
    expect((await visitor.send('/api/me', { headers: { authorization } })).status).toBe(401);
  });
});

test('a login replaces the session of the browser, and the one before is over', async ({
  person,
  stranger,
  visitor,
  stack,
}) => {
  await visitor.logIn(person.id);
  const before = sessionCookie(visitor);
  await visitor.logIn(stranger.id);
  const thief = new Visitor(stack);
  thief.cookies.set(before.name, before.token);
  expect(await thief.whoAmI()).toBeNull();
  expect(await visitor.whoAmI()).toBe(stranger.id);
});

function withHeader(sealed: string, header: object): string {
  const encoded = Buffer.from(JSON.stringify(header)).toString('base64url');
  return [encoded, ...sealed.split('.').slice(1)].join('.');
}
