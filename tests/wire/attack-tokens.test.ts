import { decodeJwt } from 'jose';
import { forgeToken, unsignedToken } from '../stack/forged-token';
import { Visitor } from '../stack/visitor';
import { errorOf } from './support/page';
import { expect, test } from './support/test';

type Claims = ReturnType<typeof decodeJwt>;

interface Genuine {
  readonly token: string;
  readonly claims: Claims;
  readonly secret: string;
}

const foreignSecret = 'a secret of somebody else, long enough for HS256';

const forgeries: readonly [string, (genuine: Genuine) => string | Promise<string>][] = [
  ['that is not signed', ({ claims }) => unsignedToken(claims)],
  ['whose signature was cut off', ({ token }) => token.slice(0, token.lastIndexOf('.') + 1)],
  ['signed with a foreign key', ({ claims }) => forgeToken({ secret: foreignSecret, claims })],
  [
    'signed with a foreign key under the name of ours',
    ({ claims, secret }) => forgeToken({ secret: foreignSecret, claims, kidOf: secret }),
  ],
  ['with an unknown key id', ({ claims, secret }) => forgeToken({ secret, claims, kidOf: foreignSecret })],
  [
    'signed by another algorithm',
    ({ claims, secret }) =>
      forgeToken({ secret: secret.padEnd(64), claims, kidOf: secret, algorithm: 'HS512' }),
  ],
  ['without an end', ({ claims, secret }) => forgeToken({ secret, claims: without(claims, 'exp') })],
  ['without a beginning', ({ claims, secret }) => forgeToken({ secret, claims: without(claims, 'iat') })],
  ['without a session', ({ claims, secret }) => forgeToken({ secret, claims: without(claims, 'sid') })],
  [
    'of a session that does not exist',
    ({ claims, secret }) => forgeToken({ secret, claims: { ...claims, sid: 'x'.repeat(43) } }),
  ],
  [
    'of another user',
    ({ claims, secret }) => forgeToken({ secret, claims: { ...claims, id: 'x', sub: 'x' } }),
  ],
  [
    'whose two user ids differ',
    ({ claims, secret }) => forgeToken({ secret, claims: { ...claims, id: 'x' } }),
  ],
  [
    'of another issuer',
    ({ claims, secret }) => forgeToken({ secret, claims: { ...claims, iss: 'https://e.com' } }),
  ],
  [
    'for another audience',
    ({ claims, secret }) => forgeToken({ secret, claims: { ...claims, aud: 'another' } }),
  ],
  ['that is over', ({ claims, secret }) => forgeToken({ secret, claims: shifted(claims, -3_600, -60) })],
  [
    'that lives longer than its session',
    ({ claims, secret }) => forgeToken({ secret, claims: shifted(claims, 0, 31 * 86_400) }),
  ],
  [
    'that lives longer than 365 days',
    ({ claims, secret }) => forgeToken({ secret, claims: shifted(claims, 0, 366 * 86_400) }),
  ],
  ['from the future', ({ claims, secret }) => forgeToken({ secret, claims: shifted(claims, 3_600, 7_200) })],
];

test('the token that the forgeries start from is good when it is made anew', async ({
  person,
  visitor,
  stack,
}) => {
  await visitor.logIn(person.id);
  const { secret } = stack;
  visitor.session = await forgeToken({ secret, claims: decodeJwt(visitor.session) });
  expect(await visitor.whoAmI()).toBe(person.id);
});

for (const [what, forge] of forgeries) {
  test(`a session token ${what} is refused, as cookie and as bearer`, async ({ person, visitor, stack }) => {
    await visitor.logIn(person.id);
    const token = visitor.session;
    const forged = await forge({ token, claims: decodeJwt(token), secret: stack.secret });
    const thief = new Visitor(stack);
    thief.session = forged;
    expect((await thief.send('/api/me')).json()['message']).toBe('UNAUTHENTICATED');
    expect((await thief.send('/account')).status).toBe(303);
    expect((await thief.send('/api/auth/session')).text).toBe('{}');
    const bearer = await new Visitor(stack).send('/api/me', {
      headers: { authorization: `Bearer ${forged}` },
    });
    expect([bearer.status, bearer.json()['message']]).toEqual([401, 'UNAUTHENTICATED']);
    expect(await visitor.whoAmI()).toBe(person.id);
  });
}

test('two different session cookies in one request are refused, two equal ones are not', async ({
  person,
  stranger,
  visitor,
  stack,
}) => {
  const attacker = new Visitor(stack);
  await attacker.logIn(stranger.id);
  await visitor.logIn(person.id);
  const ask = (cookie: string) => new Visitor(stack).send('/api/me', { headers: { cookie } });
  const own = `session-${stack.port}=${visitor.session}`;
  const tossed = `session-${stack.port}=${attacker.session}`;
  expect((await ask(`${own}; ${tossed}`)).status).toBe(401);
  expect((await ask(`${tossed}; ${own}`)).status).toBe(401);
  expect((await ask(`${own}; session-${stack.port}=rubbish`)).status).toBe(401);
  expect((await ask(`${own}; ${own}`)).json()['kakaoId']).toBe(person.id);
  const nextAuth = await new Visitor(stack).send('/api/auth/session', {
    headers: { cookie: `${own}; ${tossed}` },
  });
  expect(nextAuth.text).toBe('{}');
});

test('a flow cookie is no session, and a session is no flow cookie', async ({
  kakao,
  person,
  visitor,
  stack,
}) => {
  const callback = await visitor.agree(await visitor.begin(), person.id);
  const name = visitor.flowCookieName;
  const flow = visitor.cookies.get(name) ?? '';
  visitor.session = flow;
  expect(await visitor.whoAmI()).toBeNull();
  await visitor.send(callback);
  const again = await visitor.agree(await visitor.begin(), person.id);
  visitor.cookies.set(visitor.flowCookieName, visitor.session);
  const before = await kakao.exchanges();
  visitor.cookies.delete(`session-${stack.port}`);
  expect(errorOf(await visitor.send(again))).toBe('expired');
  expect(await kakao.exchanges()).toBe(before);
});

test('the session of a blocked user is refused at once', async ({ person, visitor, database }) => {
  await visitor.logIn(person.id);
  database.block(person.id);
  expect((await visitor.send('/api/me')).status).toBe(401);
  expect((await visitor.send('/account')).status).toBe(303);
});

function without(claims: Claims, name: string): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([claim]) => claim !== name));
}

/** The same token with other times, in seconds from now. */
function shifted(claims: Claims, begin: number, end: number): Claims {
  const now = Math.floor(Date.now() / 1_000);
  return { ...claims, iat: now + begin, exp: now + end };
}
