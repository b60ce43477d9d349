import { decodeJwt } from 'jose';
import { Visitor } from '../stack/visitor';
import { expect, test } from './support/test';

test('signed out, the session is an empty object', async ({ visitor }) => {
  const answer = await visitor.send('/api/auth/session');
  expect([answer.status, answer.json()]).toEqual([200, {}]);
});

test('cookies that only begin like ours, or cannot be decoded, do no harm', async ({
  person,
  visitor,
  stack,
}) => {
  await visitor.logIn(person.id);
  const cookie = `session-${stack.port}=${visitor.session}; session-${stack.port}.0=x; session-${stack.port}.1=y; next-auth.callback-url=%zz`;
  const answer = await new Visitor(stack).send('/api/auth/session', { headers: { cookie } });
  expect([answer.status, answer.json()['user']]).toMatchObject([200, { name: person.nickname }]);
  expect(answer.setCookies.filter((set) => /^session/.test(set))).toEqual([]);
});

test('only what we use of next-auth is there', async ({ visitor }) => {
  for (const path of [
    '/api/auth/nonsense',
    '/api/auth/callback/kakao',
    '/api/auth/session/more',
    '/api/auth/constructor',
  ]) {
    expect((await visitor.send(path)).status, path).toBe(404);
  }
});

test('signing out needs the token against forgery', async ({ person, visitor }) => {
  await visitor.logIn(person.id);
  await visitor.send('/api/auth/csrf');
  for (const csrfToken of [
    'guessed',
    '',
    String((await visitor.send('/api/auth/csrf')).json()['csrfToken']).slice(1),
  ]) {
    const answer = await visitor.post('/api/auth/signout', { csrfToken, json: 'true' });
    expect([answer.status, answer.json()['message']]).toEqual([400, 'INVALID_REQUEST']);
  }
  expect(await visitor.whoAmI()).toBe(person.id);
});

test('signing out ends our session, and its old cookie is refused', async ({ person, visitor, database }) => {
  await visitor.logIn(person.id);
  const saved = visitor.session;
  const { csrfToken } = (await visitor.send('/api/auth/csrf')).json();
  const answer = await visitor.post('/api/auth/signout', { csrfToken: String(csrfToken), json: 'true' });
  expect(answer.status).toBe(200);
  expect(visitor.session).toBe('');
  expect(database.sessions(person.id)).toMatchObject([{ revokedReason: 'signed_out' }]);
  visitor.session = saved;
  expect(await visitor.whoAmI()).toBeNull();
  expect((await visitor.send('/api/auth/session')).json()).toEqual({});
});

test('signing out never leads to another site', async ({ person, visitor }) => {
  await visitor.logIn(person.id);
  const { csrfToken } = (await visitor.send('/api/auth/csrf')).json();
  const form = { csrfToken: String(csrfToken), callbackUrl: 'https://e.com/', json: 'true' };
  expect((await visitor.post('/api/auth/signout', form)).text).not.toContain('e.com');
});

test('the session has the promised shape and ends with the token', async ({ person, visitor, database }) => {
  await visitor.logIn(person.id);
  const answer = await visitor.send('/api/auth/session');
  const [user] = database.users(person.id);
  expect(answer.json()).toEqual({
    user: {
      id: user?.id,
      name: person.nickname,
      email: person.email,
      image: expect.stringMatching(/^https:\/\/k\.kakaocdn\.net\//),
    },
    expires: new Date(Number(decodeJwt(visitor.session).exp) * 1_000).toISOString(),
  });
});

test('reading the session does not set its cookie anew', async ({ person, visitor }) => {
  await visitor.logIn(person.id);
  const before = visitor.session;
  for (const path of ['/api/auth/session', '/api/auth/csrf', '/api/auth/session', '/account']) {
    const answer = await visitor.send(path);
    expect(
      answer.setCookies.filter((line) => line.startsWith('session-')),
      path,
    ).toEqual([]);
  }
  expect(visitor.session).toBe(before);
});

test('nobody can make a session longer by posting to it', async ({ person, visitor }) => {
  await visitor.logIn(person.id);
  const before = decodeJwt(visitor.session);
  const { csrfToken } = (await visitor.send('/api/auth/csrf')).json();
  await visitor.post('/api/auth/session', { csrfToken: String(csrfToken), 'data[exp]': '9999999999' });
  expect(decodeJwt(visitor.session).exp).toBe(before.exp);
  expect(await visitor.whoAmI()).toBe(person.id);
});

test('its sign-in page and its errors lead to our login page', async ({ visitor }) => {
  for (const path of [
    '/api/auth/signin',
    '/api/auth/error?error=Callback',
    '/api/auth/error?error=AccessDenied',
    `/api/auth/error?error=${'x'.repeat(4_000)}`,
    '/api/auth/signin?callbackUrl=%zz',
  ]) {
    expect((await visitor.open(path)).url.pathname, path).toBe('/login');
  }
});
