import { readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, onTestFinished } from 'vitest';
import { olderToken } from '../stack/forged-token';
import { send } from '../stack/http';
import { type Kakao, kakaoOf, type Person } from '../stack/kakao';
import { type Stack, startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { expectProblem, signInWith } from '../wire/support/api';
import { expect, test } from '../wire/support/test';
import { runSql, sessionCookie } from './support/session';

// Who has left stays gone, who is blocked stays blocked, at every entrance, and what was erased cannot be read.

const unlinkFails = { status: 500, body: 'down', always: true };

/** Somebody who has left while Kakao could not be reached to unlink them, and the token that their app still holds. */
async function leftWhileKakaoWasDown({
  stack,
  kakao,
  person,
}: {
  stack: Stack;
  kakao: Kakao;
  person: Person;
}) {
  const visitor = new Visitor(stack);
  await visitor.logIn(person.id);
  const { access_token } = await kakao.tokens(person.id);
  await kakao.fault('/v1/user/unlink', unlinkFails);
  expect((await visitor.post('/account/withdrawal')).headers.location).toMatch(/^\/goodbye/);
  return access_token;
}

describe('somebody who has left, and whom Kakao has not unlinked yet,', () => {
  test('does not come back by a token that an app still holds', async ({
    stack,
    kakao,
    person,
    database,
  }) => {
    const token = await leftWhileKakaoWasDown({ stack, kakao, person });
    expectProblem(await signInWith(stack, `Bearer ${token}`), 403, 'WITHDRAWN');
    expect([database.users(person.id).length, database.pendingUnlinks(person.id)]).toEqual([0, 1]);
  });

  test('comes back by a token of an app that has asked them', async ({ stack, kakao, person, database }) => {
    const token = await leftWhileKakaoWasDown({ stack, kakao, person });
    const headers = { authorization: `Bearer ${token}` };
    const url = `${stack.appUrl}/api/auth/kakao?rejoin=1`;
    expect((await send(url, { method: 'POST', headers })).status).toBe(200);
    expect(database.users(person.id)).toHaveLength(1);
  });

  test('comes back by the button', async ({ stack, kakao, person, database }) => {
    await leftWhileKakaoWasDown({ stack, kakao, person });
    expect(await new Visitor(stack).tryLogIn(person.id)).toBe('/account');
    expect(database.users(person.id)).toHaveLength(1);
  });

  test('does not come back by a silent attempt', async ({ stack, kakao, person, database }) => {
    await leftWhileKakaoWasDown({ stack, kakao, person });
    const visitor = new Visitor(stack, { 'user-agent': 'Mozilla/5.0 KAKAOTALK 2410810' });
    await logInSilently(visitor, person.id);
    expect(await visitor.whoAmI()).toBeNull();
    expect(database.users(person.id)).toEqual([]);
  });

  test('is not brought back by any event of Kakao', async ({ stack, kakao, person, database }) => {
    await leftWhileKakaoWasDown({ stack, kakao, person });
    await kakao.sendWebhooksTo(stack.appUrl);
    for (const event of ['user-linked', 'account-enabled', 'token-issued', 'user-scope-consent']) {
      await kakao.fire({ userId: person.id, event });
    }
    expect(database.users(person.id)).toEqual([]);
  });
});

const blocks: readonly [string, (scene: { kakao: Kakao; person: Person; block: () => void }) => unknown][] = [
  ['by the operator', ({ block }) => block()],
  ['by Kakao', ({ kakao, person }) => kakao.fire({ userId: person.id, event: 'account-disabled' })],
];
const erasures: readonly [string, (kakao: Kakao, person: Person) => Promise<unknown>][] = [
  ['has unlinked', (kakao, person) => kakao.fire({ kind: 'unlink', userId: person.id })],
  [
    'has unlinked, said as an event',
    (kakao, person) => kakao.fire({ userId: person.id, event: 'user-unlinked' }),
  ],
  ['has closed the account', (kakao, person) => kakao.fire({ userId: person.id, event: 'account-purged' })],
];

for (const [who, block] of blocks) {
  for (const [how, erase] of erasures) {
    test(`somebody blocked ${who} who ${how} is still blocked when they come back`, async ({
      stack,
      kakao,
      person,
      database,
    }) => {
      await kakao.sendWebhooksTo(stack.appUrl);
      await new Visitor(stack).logIn(person.id);
      await block({ kakao, person, block: () => database.block(person.id) });
      await erase(kakao, person);
      const visitor = new Visitor(stack);
      expect(await visitor.tryLogIn(person.id)).toBe('/login?error=blocked');
      const { access_token } = await kakao.tokens(person.id);
      expectProblem(await signInWith(stack, access_token), 403, 'BLOCKED');
      expect(await visitor.whoAmI()).toBeNull();
    });
  }
}

describe('leaving with a cookie needs a login that the person has just seen', () => {
  test('not one of eleven minutes ago', async ({ stack, person, visitor, database }) => {
    await visitor.logIn(person.id);
    const { name, token } = sessionCookie(visitor);
    visitor.cookies.set(name, await olderToken(token, stack.secret, 11 * 60_000));
    // However the database keeps times, this session began before.
    runSql(
      stack,
      'UPDATE Session SET createdAt = ? WHERE userId = (SELECT id FROM User WHERE kakaoId = ?)',
      new Date(Date.now() - 660_000).toISOString().replace('Z', '+00:00'),
      person.id,
    );
    const headers = { origin: stack.appUrl };
    expectProblem(await visitor.send('/api/me', { method: 'DELETE', headers }), 403, 'FRESH_LOGIN_REQUIRED');
    expect((await visitor.post('/account/withdrawal')).headers.location).toBe('/account/leave/confirm');
    expect(database.users(person.id)).toHaveLength(1);
  });

  test('not a silent one', async ({ stack, person, database }) => {
    await new Visitor(stack).logIn(person.id);
    const visitor = new Visitor(stack, { 'user-agent': 'Mozilla/5.0 KAKAOTALK 2410810' });
    await logInSilently(visitor, person.id);
    expect(await visitor.whoAmI()).toBe(person.id);
    const headers = { origin: stack.appUrl };
    expectProblem(await visitor.send('/api/me', { method: 'DELETE', headers }), 403, 'FRESH_LOGIN_REQUIRED');
    expect(database.users(person.id)).toHaveLength(1);
  });

  test('one of now is enough', async ({ stack, person, visitor, database }) => {
    await visitor.logIn(person.id);
    const headers = { origin: stack.appUrl };
    expect((await visitor.send('/api/me', { method: 'DELETE', headers })).status).toBe(204);
    expect(database.users(person.id)).toEqual([]);
  });
});

describe('at the same time', () => {
  const rounds = 15;

  test('a login and a withdrawal: no 500, and nobody is half there', async ({ stack, person, database }) => {
    for (let round = 0; round < rounds; round += 1) {
      const leaving = new Visitor(stack);
      await leaving.logIn(person.id);
      const coming = new Visitor(stack);
      const callback = await coming.agree(await coming.begin(), person.id);
      const [left, came] = await Promise.all([
        leaving.send('/api/me', { method: 'DELETE', headers: { origin: stack.appUrl } }),
        coming.send(callback),
      ]);
      expect([left.status, came.status]).toEqual([204, 303]);
      const isIn = (await coming.whoAmI()) !== null;
      const live = database.sessions(person.id).filter(({ revokedAt }) => revokedAt === null).length;
      expect(database.users(person.id).length, came.headers.location).toBe(isIn ? 1 : 0);
      expect(live).toBe(isIn ? 1 : 0);
    }
  });

  test('a login and a block: the block wins', async ({ stack, kakao, person }) => {
    await kakao.sendWebhooksTo(stack.appUrl);
    await new Visitor(stack).logIn(person.id);
    for (let round = 0; round < rounds; round += 1) {
      const coming = new Visitor(stack);
      const callback = await coming.agree(await coming.begin(), person.id);
      const at = { toeOffsetSeconds: round + 1 };
      const [, came] = await Promise.all([
        kakao.fire({ userId: person.id, event: 'account-disabled', ...at }),
        coming.send(callback),
      ]);
      expect(came.status).toBe(303);
      expect(await coming.whoAmI()).toBeNull();
      await kakao.fire({ userId: person.id, event: 'account-enabled', ...at });
    }
  });

  test('an export and a withdrawal: all of it or nothing', async ({ stack, person }) => {
    for (let round = 0; round < 5; round += 1) {
      const visitor = new Visitor(stack);
      await visitor.logIn(person.id);
      const { token } = sessionCookie(visitor);
      const [file] = await Promise.all([
        visitor.send('/api/me/export', { headers: { authorization: `Bearer ${token}` } }),
        visitor.send('/api/me', { method: 'DELETE', headers: { origin: stack.appUrl } }),
      ]);
      expect([200, 401, 429]).toContain(file.status);
      if (file.status === 200) expect(file.text).toContain(person.id);
    }
  });
});

describe('what was erased', () => {
  test('cannot be read in the files of the database', async () => {
    // Its own: where many have been before, a page that was split keeps what was moved until the file is written anew.
    const { stack, stop } = await startStack();
    onTestFinished(stop);
    const kakao = kakaoOf(stack);
    const people = await Promise.all(Array.from({ length: 8 }, () => kakao.addPerson()));
    for (const person of people) {
      const visitor = new Visitor(stack, { 'user-agent': `phone-of-${person.id}` });
      await visitor.logIn(person.id);
      await visitor.post('/account/withdrawal');
    }
    const traces = people.flatMap(({ id, email, nickname }) => [id, email, nickname]);
    const found = () => {
      const bytes = Buffer.concat(databaseFiles(stack).map((file) => readFileSync(file)));
      return traces.filter((trace) => bytes.includes(trace));
    };
    await expect.poll(found, { interval: 500 }).toEqual([]);
  });

  test('was in files that nobody else on this machine could read', async ({ stack, visitor, person }) => {
    await visitor.logIn(person.id);
    const modes = databaseFiles(stack).map((file) => (statSync(file).mode & 0o777).toString(8));
    expect(new Set(modes)).toEqual(new Set(['600']));
  });
});

describe('one person', () => {
  test('has at most 100 sessions, of which the oldest ends first', async ({
    stack,
    kakao,
    person,
    database,
  }) => {
    const { access_token } = await kakao.tokens(person.id);
    const tokens: string[] = [];
    for (let count = 0; count < 11; count += 1) {
      const ten = await Promise.all(Array.from({ length: 10 }, () => signInWith(stack, access_token)));
      tokens.push(...ten.map((answer) => String(answer.json()['access_token'])));
    }
    const live = database.sessions(person.id).filter(({ revokedAt }) => revokedAt === null);
    expect(live.length).toBeLessThanOrEqual(100);
    const ask = async (token = '') =>
      (await send(`${stack.appUrl}/api/me`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await ask(tokens.at(-1))).toBe(200);
    const oldest = await Promise.all(tokens.slice(0, 10).map(ask));
    expect(oldest).toContain(401);
  });

  test('gets at most five exports a minute, and keeps the record of a login', async ({
    stack,
    visitor,
    person,
  }) => {
    await visitor.logIn(person.id);
    const headers = { 'sec-fetch-site': 'same-origin' };
    const answers = [];
    for (let count = 0; count < 9; count += 1)
      answers.push(await visitor.send('/api/me/export', { headers }));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    const last = answers.at(-1);
    expect([last?.status, last?.json()['message']]).toEqual([429, 'TOO_MANY_REQUESTS']);
    expect(Number(last?.headers['retry-after'])).toBeGreaterThan(0);
    expect(kinds(stack, person)).toContain('login');
  });

  test('loses the record of a login by no number of exports', async ({
    stack,
    visitor,
    person,
    database,
  }) => {
    await visitor.logIn(person.id);
    const headers = { 'sec-fetch-site': 'same-origin' };
    await visitor.send('/api/me/export', { headers });
    runSql(
      stack,
      "DELETE FROM SecurityEvent WHERE kind NOT IN ('login', 'export') AND userId = (SELECT id FROM User WHERE kakaoId = ?)",
      person.id,
    );
    database.fillAccount(person.id, { entries: 210 });
    await visitor.send('/api/me/export', { headers });
    expect(kinds(stack, person)).toContain('login');
  });

  test('makes Kakao say once a minute what they agreed to, however often they look', async ({
    kakao,
    visitor,
    person,
  }) => {
    await visitor.logIn(person.id);
    for (let count = 0; count < 6; count += 1) {
      expect((await visitor.send('/account')).status).toBe(200);
      await visitor.send('/api/me/export', { headers: { 'sec-fetch-site': 'same-origin' } });
    }
    expect((await kakao.requests('/v2/user/scopes')).length).toBeLessThanOrEqual(1);
  });

  test('makes Kakao say it no more often while Kakao fails', async ({ kakao, visitor, person }) => {
    await visitor.logIn(person.id);
    await kakao.fault('/v2/user/scopes', { status: 400, body: '{"code":-2,"msg":"x"}', always: true });
    for (let count = 0; count < 6; count += 1) expect((await visitor.send('/account')).status).toBe(200);
    expect((await kakao.requests('/v2/user/scopes')).length).toBeLessThanOrEqual(2);
  });
});

test('of forged security events one address has at most 600 verified a minute, and genuine ones pass', async ({
  stack,
  kakao,
  person,
  visitor,
}) => {
  await kakao.sendWebhooksTo(stack.appUrl);
  await visitor.logIn(person.id);
  const from = { 'x-forwarded-for': '198.51.100.200' };
  const statuses: (number | null)[] = [];
  for (let round = 0; round < 14; round += 1) {
    const order = { userId: person.id, event: 'account-purged', flaw: 'foreign-key' as const, times: 50 };
    const attempts = await kakao.fire({ ...order, headers: from });
    statuses.push(...attempts.map(({ status }) => status ?? null));
  }
  expect(new Set(statuses)).toEqual(new Set([400, 429]));
  expect(statuses.filter((status) => status === 400).length).toBeLessThanOrEqual(620);
  expect(await visitor.whoAmI()).toBe(person.id);
  await sleep(10);
  expect(await kakao.fire({ userId: person.id, event: 'sessions-revoked' })).toMatchObject([{ status: 202 }]);
  expect(await visitor.whoAmI()).toBeNull();
});

/** What SQLite keeps beside the database, and the database, into which it is moved. */
function databaseFiles({ databaseFile }: Stack): string[] {
  const all = [`${databaseFile}-wal`, `${databaseFile}-shm`, databaseFile];
  return all.filter((file) => statSync(file, { throwIfNoEntry: false }) !== undefined);
}

function kinds(stack: Stack, { id }: Person): unknown[] {
  const sql =
    'SELECT DISTINCT kind FROM SecurityEvent WHERE userId = (SELECT id FROM User WHERE kakaoId = ?)';
  return runSql(stack, sql, id).map(({ kind }) => kind);
}

/** A silent attempt of a browser in which the person is logged in at Kakao and has agreed before. */
async function logInSilently(visitor: Visitor, userId: string): Promise<void> {
  const { authorizeUrl } = await visitor.begin();
  const atKakao = await send(authorizeUrl, {
    method: 'POST',
    body: new URLSearchParams({ user: userId, decision: 'agree_all' }).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const cookie = atKakao.setCookies.map((line) => line.split(';')[0]).join('; ');
  const silent = await visitor.send('/login/silent?page=login&returnTo=%2Faccount');
  const { location = '' } = (await send(silent.headers.location ?? '', { headers: { cookie } })).headers;
  await visitor.send(location);
}
