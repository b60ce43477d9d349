import { afterAll, beforeAll, describe } from 'vitest';
import { start } from '../scripts/process';
import { send } from '../stack/http';
import { kakaoOf } from '../stack/kakao';
import { startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { askPostgresql, createPostgresql } from '../support/postgresql';
import { expectProblem } from './support/api';
import { expect, test } from './support/test';

// One server on a PostgreSQL database of its own, from the first login to the end of an account. Runs where
// TEST_DATABASE_URL names a PostgreSQL.

let own: Awaited<ReturnType<typeof createPostgresql>>;
let server: Awaited<ReturnType<typeof startStack>>;
const options = { KAKAO_STORE_TOKENS: '1', DATABASE_POOL_SIZE: '5' };

beforeAll(async () => {
  own = await createPostgresql();
  server = await startStack({ DATABASE_URL: own.url, ...options });
}, 120_000);
afterAll(async () => {
  await server.stop();
  await own.drop();
});

const count = async (table: string, where = 'true') => {
  const [row] = await askPostgresql(own.url, `SELECT count(*)::int AS "n" FROM "${table}" WHERE ${where}`);
  return row?.['n'];
};

/** A person of Kakao's who is about to come back from it, `browsers` times. */
async function atTheDoor(browsers: number) {
  const { id } = await kakaoOf(server.stack).addPerson();
  const arrivals = Array.from({ length: browsers }, async (_, index) => {
    const visitor = new Visitor(server.stack, { 'x-forwarded-for': `203.0.113.${index % 250}` });
    return { visitor, callback: await visitor.agree(await visitor.begin(), id) };
  });
  return { id, arrivals: await Promise.all(arrivals) };
}

test('100 first logins of one person at once all succeed, and make one row', async () => {
  const { id, arrivals } = await atTheDoor(100);
  await Promise.all(arrivals.map(({ visitor, callback }) => visitor.send(callback)));
  const people = await Promise.all(arrivals.map(({ visitor }) => visitor.whoAmI()));
  expect(new Set(people)).toEqual(new Set([id]));
  expect(await count('User', `"kakaoId" = '${id}'`)).toBe(1);
  expect(await count('Session', '"revokedAt" IS NULL')).toBe(100);
});

test('what was acknowledged is there after kill -9, and who has left is gone', async () => {
  const { id, arrivals } = await atTheDoor(2);
  const [one, two] = arrivals.map(({ visitor }) => visitor);
  await Promise.all(arrivals.map(({ visitor, callback }) => visitor.send(callback)));
  await server.killApp();
  await server.restartApp();
  expect([await one?.whoAmI(), await two?.whoAmI()]).toEqual([id, id]);
  const left = await one?.send('/api/me', {
    method: 'DELETE',
    headers: { origin: server.stack.appUrl, 'content-type': 'application/json' },
  });
  expect(left?.status).toBe(204);
  expect(await two?.whoAmI()).toBeNull();
  expect(await count('User', `"kakaoId" = '${id}'`)).toBe(0);
  await two?.logIn(id);
  expect(await two?.whoAmI()).toBe(id);
});

test('while the database is gone everything says so and the process lives; then all goes on by itself', async () => {
  const { id, arrivals } = await atTheDoor(2);
  const [first, second] = arrivals;
  if (!first || !second) throw new Error('nobody came');
  await first.visitor.send(first.callback);
  await own.allow(false);
  await own.disconnect();
  try {
    const answer = await first.visitor.send('/api/me');
    expectProblem(answer, 503, 'UNAVAILABLE');
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await second.visitor.send(second.callback)).headers.location).toContain('error=unexpected');
    const { appUrl } = server.stack;
    expect((await send(`${appUrl}/api/health/ready`)).status).toBe(503);
    expect((await send(`${appUrl}/api/health/live`)).status).toBe(200);
  } finally {
    await own.allow(true);
  }
  expect(await first.visitor.whoAmI()).toBe(id);
  await second.visitor.logIn(id);
  expect(await second.visitor.whoAmI()).toBe(id);
});

describe('a server that cannot use its database does not start, and says why', () => {
  const startWith = (databaseUrl: string) =>
    start(['scripts/start.mjs'], {
      ...server.stack.kakaoEnv,
      NEXTAUTH_URL: server.stack.appUrl,
      NEXTAUTH_SECRET: server.stack.secret,
      ALLOW_LOCAL_KAKAO: '1',
      DATABASE_URL: databaseUrl,
    }).ended;

  test('because it is behind, with the command', async () => {
    const behind = await createPostgresql({ empty: true });
    try {
      const { code, stderr } = await startWith(behind.url);
      expect([code, stderr]).toEqual([1, expect.stringContaining('run `npm run db:deploy` first.')]);
    } finally {
      await behind.drop();
    }
  });

  test.for([
    ['it is not there', '/no-such-database', 'no-such-database'],
    ['it has no name', '/', 'DATABASE_URL must be'],
  ] as const)('because %s', async ([, pathname, said]) => {
    const url = Object.assign(new URL(own.url), { pathname, password: 'hidden' }).href;
    const { code, stderr } = await startWith(url);
    expect([code, stderr]).toEqual([1, expect.stringContaining(said)]);
    expect(stderr).not.toContain('hidden');
  });
});
