import { once } from 'node:events';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Database } from '../stack/database';
import { send } from '../stack/http';
import { type Kakao, kakaoOf, type Person } from '../stack/kakao';
import { head, openRaw } from '../stack/raw';
import { type Stack, startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { signInWith } from '../wire/support/api';

let own: Awaited<ReturnType<typeof startStack>>;
let stack: Stack;
let kakao: Kakao;

beforeEach(async () => {
  own = await startStack();
  stack = own.stack;
  kakao = kakaoOf(stack);
});
afterEach(() => own.stop());

/** One login; the token once it was acknowledged, `null` when the answer never came. */
async function tryLogIn({ id }: Person, at: number): Promise<string | null> {
  try {
    if (at % 2 === 0) {
      const answer = await signInWith(stack, (await kakao.tokens(id)).access_token);
      return answer.status === 200 ? String(answer.json()['access_token']) : null;
    }
    const visitor = new Visitor(stack);
    await visitor.tryLogIn(id);
    return visitor.session || null;
  } catch {
    return null;
  }
}

it('kill -9 during 200 logins loses none that was acknowledged, and leaves none half there', async () => {
  const people = await Promise.all(Array.from({ length: 200 }, () => kakao.addPerson()));
  let acknowledged = 0;
  const attempts = people.map(async (person, at) => {
    const token = await tryLogIn(person, at);
    if (token !== null) acknowledged += 1;
    if (acknowledged === 60) await own.killApp();
    return { person, token };
  });
  const outcomes = await Promise.all(attempts);
  const lost = outcomes.filter(({ token }) => token === null);
  expect(acknowledged).toBeGreaterThanOrEqual(60);
  expect(lost.length).toBeGreaterThan(0);
  await own.restartApp();
  for (const { person, token } of outcomes) {
    if (token === null) continue;
    const answer = await send(`${stack.appUrl}/api/me`, { headers: { authorization: `Bearer ${token}` } });
    expect([answer.status, answer.json()['kakaoId']]).toEqual([200, person.id]);
  }
  const database = new Database(stack.databaseFile);
  for (const { person } of outcomes) {
    const users = database.users(person.id).length;
    // A user has the session that they were made with.
    expect([0, 1]).toContain(users);
    expect(database.sessions(person.id)).toHaveLength(users);
  }
  for (const { person } of lost.slice(0, 5)) {
    const visitor = new Visitor(stack);
    await visitor.logIn(person.id);
    expect(await visitor.whoAmI()).toBe(person.id);
  }
});

it('SIGTERM lets a callback that is under way end in a session, then the process ends with 0', async () => {
  const person = await kakao.addPerson();
  const visitor = new Visitor(stack);
  const callback = await visitor.agree(await visitor.begin(), person.id);
  await kakao.fault('/oauth/token', { delayMs: 2_000 });
  const answering = visitor.send(callback);
  const [unused, probe] = [openRaw(stack.appUrl), openRaw(stack.appUrl)];
  await Promise.all([unused, probe].map(({ socket }) => once(socket, 'connect')));
  const question = head(stack.appUrl, 'GET /api/health/ready');
  probe.socket.write(question.slice(0, -2));
  // Long enough to arrive, and less than Kakao takes.
  await new Promise((resolve) => setTimeout(resolve, 500));
  const ended = own.endApp();
  const begun = Date.now();
  // The server is closing when it closes what nobody uses.
  await unused.closed;
  probe.socket.write(question.slice(-2));
  await probe.closed;
  expect(probe.received()).toMatch(/^HTTP\/1\.1 503 /);
  expect((await answering).headers.location).toBe('/account');
  expect(await ended).toBe(0);
  expect(Date.now() - begun).toBeLessThan(30_000);
  await own.restartApp();
  expect(await visitor.whoAmI()).toBe(person.id);
});

it('a restart between Kakao’s page and the way back is not noticed', async () => {
  const person = await kakao.addPerson();
  const visitor = new Visitor(stack);
  const flow = await visitor.begin({ returnTo: '/?cart=1' });
  await own.killApp();
  await own.restartApp();
  const answer = await visitor.send(await visitor.agree(flow, person.id));
  expect(answer.headers.location).toBe('/?cart=1');
  expect(await visitor.whoAmI()).toBe(person.id);
});

it('what was erased a moment before SIGTERM cannot be read in any file', async () => {
  const person = await kakao.addPerson();
  const visitor = new Visitor(stack);
  await visitor.logIn(person.id);
  const answer = await visitor.send('/api/me', { method: 'DELETE', headers: { origin: stack.appUrl } });
  expect(answer.status).toBe(204);
  await own.endApp();
  expect(new Database(stack.databaseFile).onDisk()).not.toContain(person.id);
});
