import { Visitor } from '../stack/visitor';
import { expectProblem } from './support/api';
import { expect, test } from './support/test';

interface Listed {
  readonly id: string;
  readonly current: boolean;
}

const listOf = async (visitor: Visitor) =>
  JSON.parse((await visitor.send('/api/sessions')).text) as readonly Listed[];
const remove = (visitor: Visitor, path: string, headers: Record<string, string>) =>
  visitor.send(path, { method: 'DELETE', headers });

test('nobody lists or ends sessions without one', async ({ visitor, stack }) => {
  const origin = { origin: stack.appUrl };
  expectProblem(await visitor.send('/api/sessions'), 401, 'UNAUTHENTICATED');
  expectProblem(await remove(visitor, '/api/sessions?others=1', origin), 401, 'UNAUTHENTICATED');
  expectProblem(await remove(visitor, '/api/sessions/some', origin), 401, 'UNAUTHENTICATED');
  expectProblem(await visitor.send('/api/sessions', { method: 'POST' }), 405, 'METHOD_NOT_ALLOWED');
  expectProblem(await visitor.send('/api/sessions/some'), 405, 'METHOD_NOT_ALLOWED');
});

test('a session cookie ends nothing from another origin, or from nowhere', async ({ visitor, person }) => {
  await visitor.logIn(person.id);
  const other = { origin: 'https://evil.example' };
  const [{ id } = { id: '' }] = await listOf(visitor);
  for (const headers of [{}, other, { ...other, 'sec-fetch-site': 'cross-site' }]) {
    expectProblem(await remove(visitor, '/api/sessions?others=1', headers), 403, 'CROSS_ORIGIN');
    expectProblem(await remove(visitor, `/api/sessions/${id}`, headers), 403, 'CROSS_ORIGIN');
    expectProblem(
      await visitor.post('/account/sessions', { id }, { origin: '', ...headers }),
      403,
      'CROSS_ORIGIN',
    );
  }
  expect(await visitor.whoAmI()).toBe(person.id);
});

test('a session of somebody else is not found, nor one that nobody has', async ({
  visitor,
  person,
  stranger,
  stack,
}) => {
  const other = new Visitor(stack);
  await other.logIn(stranger.id);
  await visitor.logIn(person.id);
  const [theirs] = await listOf(other);
  const origin = { origin: stack.appUrl };
  for (const id of [theirs?.id, 'none', '%00', '..%2f..']) {
    expectProblem(await remove(visitor, `/api/sessions/${id}`, origin), 404, 'NOT_FOUND');
  }
  expectProblem(await remove(visitor, '/api/sessions', origin), 400, 'INVALID_REQUEST');
  expect(await other.whoAmI()).toBe(stranger.id);
});

test('the list says where and since when, and nothing that signs in', async ({ visitor, person, stack }) => {
  await visitor.logIn(person.id);
  const other = new Visitor(stack);
  await other.logIn(person.id);
  const answer = await visitor.send('/api/sessions');
  const list = JSON.parse(answer.text) as readonly Record<string, unknown>[];
  expect(answer.headers['cache-control']).toBe('private, no-store');
  expect(list).toHaveLength(2);
  expect(list.map(({ current }) => current)).toEqual([true, false]);
  const iso = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/);
  for (const session of list) {
    expect(session).toEqual({
      id: expect.stringMatching(/^[\w-]{43}$/),
      createdAt: iso,
      lastSeenAt: iso,
      expiresAt: iso,
      current: expect.any(Boolean),
      userAgent: null,
      ip: expect.stringMatching(/\/(24|48)$/),
    });
  }
  const claims = JSON.parse(Buffer.from(visitor.session.split('.')[1] ?? '', 'base64url').toString());
  expect(answer.text).not.toContain(claims.sid);
});

test('our token ends sessions without a cookie and without an origin', async ({ visitor, person, stack }) => {
  await visitor.logIn(person.id);
  const [gone, left] = [new Visitor(stack), new Visitor(stack)];
  await gone.logIn(person.id);
  await left.logIn(person.id);
  const bearer = new Visitor(stack);
  const authorization = `Bearer ${visitor.session}`;
  const [goneId] = (await listOf(gone)).filter(({ current }) => current);
  const ended = await remove(bearer, `/api/sessions/${goneId?.id}`, { authorization });
  expect([ended.status, ended.text, ended.setCookies]).toEqual([204, '', []]);
  expect(await gone.whoAmI()).toBeNull();
  expect(await left.whoAmI()).toBe(person.id);
  expectProblem(await remove(bearer, `/api/sessions/${goneId?.id}`, { authorization }), 404, 'NOT_FOUND');
  expect((await remove(bearer, '/api/sessions?others=1', { authorization })).status).toBe(204);
  expect(await left.whoAmI()).toBeNull();
  expect(await visitor.whoAmI()).toBe(person.id);
});

test('ending the session that asks takes its cookie away', async ({ visitor, person, stack }) => {
  await visitor.logIn(person.id);
  const [own] = await listOf(visitor);
  const answer = await remove(visitor, `/api/sessions/${own?.id}`, { 'sec-fetch-site': 'same-origin' });
  expect(answer.status).toBe(204);
  expect(visitor.session).toBe('');
  expect(await new Visitor(stack).whoAmI()).toBeNull();
});

test('logging out with two session cookies ends both sessions', async ({
  visitor,
  person,
  stranger,
  stack,
}) => {
  const other = new Visitor(stack);
  await other.logIn(stranger.id);
  await visitor.logIn(person.id);
  const cookie = `session-${stack.port}=${visitor.session}; session-${stack.port}=${other.session}`;
  const answer = await new Visitor(stack).post('/logout', {}, { cookie });
  expect(answer.status).toBe(303);
  expect(await visitor.whoAmI()).toBeNull();
  expect(await other.whoAmI()).toBeNull();
});
