import { statSync } from 'node:fs';
import { Visitor } from '../stack/visitor';
import { signInWith } from './support/api';
import { expect, test } from './support/test';

test('of 20 people who have left nothing can be read in any file, seconds later', async ({
  stack,
  kakao,
  database,
}) => {
  const people = await Promise.all(Array.from({ length: 20 }, () => kakao.addPerson()));
  const visitors = new Map<string, Visitor>();
  for (const { id } of people) {
    const visitor = new Visitor(stack);
    await visitor.logIn(id);
    visitors.set(id, visitor);
  }
  const traces = people.flatMap(({ id, email }) => [id, email]);
  const before = database.onDisk();
  expect(traces.filter((trace) => !before.includes(trace))).toEqual([]);
  for (const visitor of visitors.values()) {
    const answer = await visitor.send('/api/me', { method: 'DELETE', headers: { origin: stack.appUrl } });
    expect(answer.status).toBe(204);
  }
  const left = () => {
    const text = database.onDisk();
    return traces.filter((trace) => text.includes(trace));
  };
  await expect.poll(left, { interval: 500 }).toEqual([]);
});

test('of an e-mail that Kakao no longer names at a login nothing can be read in any file, seconds later', async ({
  stack,
  kakao,
  person,
  database,
}) => {
  await new Visitor(stack).logIn(person.id);
  expect(database.onDisk()).toContain(person.email);
  await kakao.change(person, { email: 'moved@example.com' });
  const { access_token } = await kakao.tokens(person.id);
  expect((await signInWith(stack, access_token)).status).toBe(200);
  expect(database.users(person.id)).toMatchObject([{ email: 'moved@example.com' }]);
  const isLeft = () => database.onDisk().includes(person.email);
  await expect.poll(isLeft, { interval: 500 }).toBe(false);
});

test('the files of the database are their owner’s alone', async ({ stack, kakao, person }) => {
  await kakao.settled();
  await new Visitor(stack).logIn(person.id);
  const files = ['', '-wal', '-shm'].map((ending) => `${stack.databaseFile}${ending}`);
  expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
});
