import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe } from 'vitest';
import { Database } from '../stack/database';
import { type Kakao, kakaoOf } from '../stack/kakao';
import { startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { signInWith } from './support/api';
import { expect, test } from './support/test';

// A database of their own: where many have been before, SQLite splits pages now and then, and what it has moved stays
// where it was until the file is written anew, within the hour.
describe('in no file can be read, seconds later,', () => {
  let own: Awaited<ReturnType<typeof startStack>>;
  let kakao: Kakao;
  let database: Database;

  beforeAll(async () => {
    own = await startStack();
    kakao = kakaoOf(own.stack);
    database = new Database(own.stack.databaseFile);
  });
  afterAll(() => own.stop());

  const tracesLeft = (traces: readonly string[]) => {
    const text = database.onDisk();
    return traces.filter((trace) => text.includes(trace));
  };

  test('anything of 20 people who have left', async () => {
    const { stack } = own;
    const people = await Promise.all(Array.from({ length: 20 }, () => kakao.addPerson()));
    const visitors: Visitor[] = [];
    for (const { id } of people) {
      const visitor = new Visitor(stack);
      await visitor.logIn(id);
      visitors.push(visitor);
    }
    const traces = people.flatMap(({ id, email }) => [id, email]);
    expect(tracesLeft(traces)).toEqual(traces);
    for (const visitor of visitors) {
      const answer = await visitor.send('/api/me', { method: 'DELETE', headers: { origin: stack.appUrl } });
      expect(answer.status).toBe(204);
    }
    await expect.poll(() => tracesLeft(traces), { interval: 500 }).toEqual([]);
  });

  test('an e-mail that Kakao no longer names at a login', async () => {
    const { stack } = own;
    const person = await kakao.addPerson();
    await new Visitor(stack).logIn(person.id);
    expect(tracesLeft([person.email])).toEqual([person.email]);
    await kakao.change(person, { email: 'moved@example.com' });
    const { access_token } = await kakao.tokens(person.id);
    expect((await signInWith(stack, access_token)).status).toBe(200);
    expect(database.users(person.id)).toMatchObject([{ email: 'moved@example.com' }]);
    await expect.poll(() => tracesLeft([person.email]), { interval: 500 }).toEqual([]);
  });
});

test('the files of the database are their owner’s alone', async ({ stack, kakao, person }) => {
  await kakao.settled();
  await new Visitor(stack).logIn(person.id);
  const files = ['', '-wal', '-shm'].map((ending) => `${stack.databaseFile}${ending}`);
  expect(files.map((file) => statSync(file).mode & 0o777)).toEqual([0o600, 0o600, 0o600]);
});
