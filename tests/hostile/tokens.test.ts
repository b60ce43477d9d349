import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { decodeJwt } from 'jose';
import { describe } from 'vitest';
import { forgeToken } from '../stack/forged-token';
import { send } from '../stack/http';
import type { Visitor } from '../stack/visitor';
import { expectProblem, signInWith } from '../wire/support/api';
import { expect, test } from '../wire/support/test';
import { expectCalm, sessionCookie } from './support/session';

// Anything not clearly ours is "signed out"; anything not clearly a Kakao access token is never sent to Kakao.

interface Genuine {
  readonly token: string;
  readonly secret: string;
}

type Json = Readonly<Record<string, unknown>>;

const forgeries: readonly [string, (genuine: Genuine) => string | Promise<string>][] = [
  [
    'with its own key in the header (jwk)',
    (it) => withOwnKey(it, { jwk: { kty: 'oct', k: base64(ownKey) } }),
  ],
  ['that says where its key is (jku)', (it) => withOwnKey(it, { jku: 'http://127.0.0.1:1/keys' })],
  ['with a certificate of its own (x5c)', (it) => withOwnKey(it, { x5c: [base64(ownKey)] })],
  ['with a header that must be understood (crit)', (it) => signed(it, { crit: ['b64'], b64: false })],
  ['of another type', (it) => signed(it, { typ: 'secevent+jwt' })],
  ['without a type', (it) => signed(it, { typ: undefined })],
  ['whose kid is a list', (it) => signed(it, { kid: ['a'] })],
  ['whose kid is a path', (it) => signed(it, { kid: '../../dev/null' })],
  ['whose kid is __proto__', (it) => signed(it, { kid: '__proto__' })],
  ['without a kid', (it) => signed(it, { kid: undefined })],
  ['that says HS384', (it) => signed(it, { alg: 'HS384' })],
  ['that says hs256 in small letters', (it) => signed(it, { alg: 'hs256' })],
  ['that says NONE', (it) => signed(it, { alg: 'NONE' })],
  ['with blanks around it in base64', (it) => it.token.replace('.', '.\n')],
  ['with padding', (it) => `${it.token}=`],
  ['in the other base64', (it) => `${it.token.slice(0, -1)}+`],
  ['with a fourth part', (it) => `${it.token}.AAAA`],
  ['with two payloads', (it) => it.token.replace('.', '.e30.')],
  ['with a signature of zeros', (it) => it.token.replace(/[^.]+$/, 'A'.repeat(43))],
  ['with a longer signature', (it) => `${it.token}AAAA`],
  ['whose payload is a list', (it) => signedText(it, '[]')],
  ['whose payload is no JSON', (it) => signedText(it, '{"sub":')],
  ['with a lifetime beyond every setting', (it) => claimed(it, { exp: soon() + 366 * 86_400 })],
  ['whose end is a text', (it) => claimed(it, { exp: `${soon()}` })],
  ['whose end is infinite', (it) => claimed(it, { exp: 9e15 })],
  ['whose beginning is negative', (it) => claimed(it, { iat: -1 })],
  ['that is not valid yet (nbf)', (it) => claimed(it, { nbf: soon() })],
  ['for a list of audiences', (it) => claimed(it, { aud: ['kakao-login', 'another'] })],
  ['for the audience of a login flow', (it) => claimed(it, { aud: 'kakao-login/flow' })],
  ['of an issuer with a slash behind', (it) => claimed(it, { iss: `${decodeJwt(it.token).iss}/` })],
  ['whose session is a number', (it) => claimed(it, { sid: 5 })],
  ['whose user is a list', (it) => claimed(it, { sub: ['x'], id: ['x'] })],
  ['whose session is SQL', (it) => claimed(it, { sid: "' OR 1=1 --" })],
  ['signed with the empty key', (it) => resigned(it, '')],
  ['signed with the hex of our secret', (it) => resigned(it, Buffer.from(it.secret).toString('hex'))],
];

describe('a session token is refused, as cookie and as bearer,', () => {
  for (const [what, forge] of forgeries) {
    test(what, async ({ person, visitor, stack }) => {
      await visitor.logIn(person.id);
      const { name, token } = sessionCookie(visitor);
      const forged = await forge({ token, secret: stack.secret });
      const cookie = `${name}=${forged.replace(/[\n;]/g, '')}`;
      const byCookie = await send(`${stack.appUrl}/api/me`, { headers: { cookie } });
      if (!forged.includes('\n')) expectProblem(byCookie, 401, 'UNAUTHENTICATED');
      const authorization = `Bearer ${forged.replace('\n', ' ')}`;
      const byBearer = await send(`${stack.appUrl}/api/me`, { headers: { authorization } });
      expectProblem(byBearer, 401, 'UNAUTHENTICATED');
    });
  }

  test('whatever was changed in it', async ({ person, visitor, stack }) => {
    await visitor.logIn(person.id);
    const { token } = sessionCookie(visitor);
    const changed = fc.record({ at: fc.nat(token.length - 1), to: fc.constantFrom(...'A_-.z9 ~') });
    await fc.assert(
      fc.asyncProperty(changed, async ({ at, to }) => {
        const forged = token.slice(0, at) + to + token.slice(at + 1);
        fc.pre(forged !== token && !sameSignature(forged, token));
        const authorization = `Bearer ${forged}`;
        const answer = await send(`${stack.appUrl}/api/me`, { headers: { authorization } });
        expect(answer.status).toBe(401);
      }),
      { numRuns: 150 },
    );
    expect(await visitor.whoAmI()).toBe(person.id);
  });

  test('made of any text at all', async ({ stack }) => {
    const headerText = fc
      .string({ unit: 'binary-ascii', maxLength: 300 })
      .map((text) => text.replace(/[^\x20-\x7e]/g, '.'));
    await fc.assert(
      fc.asyncProperty(headerText, async (authorization) => {
        const answer = await send(`${stack.appUrl}/api/me`, { headers: { authorization } });
        expect(answer.status).toBe(401);
        expectCalm(answer);
      }),
      { numRuns: 150 },
    );
  });
});

describe('an ended session is refused on the next request', () => {
  const endings: readonly [string, (owner: Visitor) => Promise<unknown>][] = [
    ['by logging out', (owner) => owner.post('/logout')],
    ['by logging out everywhere', (owner) => owner.post('/logout', { everywhere: '1' })],
    ['by leaving', (owner) => owner.post('/account/withdrawal')],
    ['by next-auth’s own route', signOutOfNextAuth],
  ];
  for (const [what, end] of endings) {
    test(`${what}, also in a copy of the cookie`, async ({ person, visitor, stack }) => {
      await visitor.logIn(person.id);
      const { name, token } = sessionCookie(visitor);
      await end(visitor);
      const cookie = `${name}=${token}`;
      for (const headers of [{ cookie }, { authorization: `Bearer ${token}` }]) {
        expect((await send(`${stack.appUrl}/api/me`, { headers })).status).toBe(401);
      }
      expect((await send(`${stack.appUrl}/account`, { headers: { cookie } })).status).toBe(303);
    });
  }
});

/** What a client sends by mistake in place of an access token. */
const mistakes: readonly string[] = [
  'Bearer undefined',
  'Bearer null',
  'Bearer NaN',
  'Bearer [object Object]',
  'Bearer %',
  'Bearer "quoted"',
  'Bearer {"a":1}',
  'undefined',
  'null',
  'NaN',
  'Bearer $TOKEN',
  `Bearer \${token}`,
  'Bearer <token>',
  'Bearer a,b',
  'Bearer a;b',
  'Bearer a\\b',
  'Bearer =abc',
  'Bearer abc=d',
  'Bearer not%a.token',
  'Token abcdef',
  'Basic dXNlcjpwYXNz',
  'KakaoAK 0123456789abcdef',
  'Digest username="a"',
];

describe('a mistake in place of an access token is named, and never sent to Kakao:', () => {
  for (const authorization of mistakes) {
    test(authorization, async ({ stack, kakao }) => {
      const answer = await signInWith(stack, authorization);
      expectProblem(answer, 400, 'INVALID_TOKEN');
      expect((await kakao.requests()).map(({ path }) => path)).toEqual([]);
    });
  }

  test('every letter of a b64token (RFC 6750) may be one of Kakao’s, so Kakao is asked', async ({
    stack,
    kakao,
  }) => {
    expectProblem(await signInWith(stack, 'Bearer abc.def~ghi+jkl/mno=='), 400, 'INVALID_TOKEN');
    expect((await kakao.requests()).length).toBeGreaterThan(0);
  });

  test('whatever is not a b64token', async ({ stack, kakao }) => {
    const wrong = fc
      .string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 200 })
      .filter((text) => !/^[A-Za-z0-9\-._~+/]+=*$/.test(text.trim()) && text.trim() !== '');
    await fc.assert(
      fc.asyncProperty(wrong, async (token) => {
        const answer = await signInWith(stack, `Bearer ${token}`);
        expect([answer.status, answer.json()['message']]).toEqual([400, 'INVALID_TOKEN']);
      }),
      { numRuns: 150 },
    );
    expect((await kakao.requests()).map(({ path }) => path)).toEqual([]);
  });
});

test('the tokens of the local Kakao sign nobody in as tokens of ours', async ({ kakao, person, stack }) => {
  const { access_token, refresh_token, id_token } = await kakao.tokens(person.id);
  for (const token of [access_token, refresh_token, id_token]) {
    const authorization = `Bearer ${token}`;
    expect((await send(`${stack.appUrl}/api/me`, { headers: { authorization } })).status).toBe(401);
  }
});

describe('a refusal says which scheme it wants (RFC 6750)', () => {
  const asked: readonly [string, string, Readonly<Record<string, string>>][] = [
    ['GET', '/api/me', {}],
    ['GET', '/api/me', { authorization: 'Bearer rubbish' }],
    ['GET', '/api/sessions', {}],
    ['GET', '/api/me/export', { 'sec-fetch-site': 'same-origin' }],
    ['DELETE', '/api/me', { authorization: 'Bearer rubbish' }],
    ['DELETE', '/api/sessions?others=1', { authorization: 'Bearer rubbish' }],
    ['POST', '/api/auth/kakao', {}],
    ['POST', '/api/auth/kakao', { authorization: 'Bearer undefined' }],
    ['POST', '/api/auth/kakao', { authorization: 'Bearer eyJhbGciOiJSUzI1NiJ9.e30.x' }],
  ];
  for (const [method, path, headers] of asked) {
    test(`${method} ${path} with ${headers['authorization'] ?? 'no token'}`, async ({ stack }) => {
      const answer = await send(`${stack.appUrl}${path}`, { method, headers });
      expect(answer.status).toBe(path === '/api/auth/kakao' ? 400 : 401);
      expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    });
  }
});

async function signOutOfNextAuth(owner: Visitor): Promise<void> {
  const { csrfToken } = (await owner.send('/api/auth/csrf')).json();
  await owner.post('/api/auth/signout', { csrfToken: String(csrfToken) });
}

function soon(): number {
  return Math.floor(Date.now() / 1_000) + 3_600;
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function signText(secret: string, text: string): string {
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
}

/** The token with other header fields, properly signed with our secret. */
function signed({ token, secret }: Genuine, header: Json): string {
  const [, payload = ''] = token.split('.');
  const kid = createHash('sha256').update(secret).digest('hex').slice(0, 8);
  return signText(secret, `${part({ alg: 'HS256', typ: 'JWT', kid, ...header })}.${payload}`);
}

const ownKey = 'k'.repeat(32);

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** The claims under a key of the sender's, which the header offers for verification. */
function withOwnKey({ token }: Genuine, header: Json): string {
  const [, payload = ''] = token.split('.');
  return signText(ownKey, `${part({ alg: 'HS256', typ: 'JWT', kid: 'own', ...header })}.${payload}`);
}

/** Any text as the payload, properly signed. */
function signedText({ token, secret }: Genuine, payload: string): string {
  return signText(secret, `${token.split('.')[0]}.${Buffer.from(payload).toString('base64url')}`);
}

function claimed({ token, secret }: Genuine, claims: Json): Promise<string> {
  return forgeToken({ secret, claims: { ...decodeJwt(token), ...claims } });
}

/** The same token under another key. */
function resigned({ token }: Genuine, key: string): string {
  const [header, payload] = token.split('.');
  return signText(key, `${header}.${payload}`);
}

/** The last letter of a base64url text has bits that mean nothing. */
function sameSignature(one: string, other: string): boolean {
  const bytes = (token: string) => Buffer.from(token.split('.')[2] ?? '', 'base64url');
  return one.slice(0, -1) === other.slice(0, -1) && bytes(one).equals(bytes(other));
}
