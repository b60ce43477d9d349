import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openSqlite } from '../../lib/db/sqlite';
import { Database } from '../stack/database';
import { type Kakao, kakaoOf } from '../stack/kakao';
import { type Stack, startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { lockFile } from '../support/database';
import { signInWith } from '../wire/support/api';
import {
  type Endpoint,
  endpoints,
  expectUnavailable,
  expectUsual,
  operatorEnv,
  type Scene,
} from './support/endpoints';
import { expectPromptness, whileItLives, within6s } from './support/liveness';

type OwnStack = Awaited<ReturnType<typeof startStack>>;

const folder = mkdtempSync(join(tmpdir(), 'faults-'));
const pragmas = join(folder, 'pragmas');
const preload = new URL('./support/sqlite-pragmas.mjs', import.meta.url).href;
const appEnv = { ...operatorEnv, NODE_OPTIONS: `--import ${preload}`, SQLITE_PRAGMAS: pragmas };
let own: OwnStack;
let stack: Stack;
let kakao: Kakao;

beforeAll(async () => {
  own = await startStack(appEnv);
  stack = own.stack;
  kakao = kakaoOf(stack);
});
afterAll(async () => {
  await own.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs PRAGMAs on the connection of the app. */
async function runInApp(script: string): Promise<void> {
  writeFileSync(`${pragmas}.new`, script);
  renameSync(`${pragmas}.new`, pragmas);
  await expect.poll(() => statSync(pragmas, { throwIfNoEntry: false })).toBeUndefined();
}

async function signedIn(): Promise<Scene> {
  const person = await kakao.addPerson();
  const visitor = new Visitor(stack);
  await visitor.logIn(person.id);
  return { stack, kakao, person, visitor };
}

/** Somebody at every endpoint. */
async function scenes(): Promise<ReadonlyMap<Endpoint, Scene>> {
  const all = new Map<Endpoint, Scene>();
  for (const endpoint of endpoints) all.set(endpoint, await signedIn());
  return all;
}

type Judge = (endpoint: Endpoint, answer: Awaited<ReturnType<Endpoint['ask']>>) => void;

function askAll(asked: ReadonlyMap<Endpoint, Scene>, judge: Judge): Promise<unknown> {
  const one = async ([endpoint, scene]: readonly [Endpoint, Scene]) =>
    judge(endpoint, await within6s(() => endpoint.ask(scene)));
  return Promise.all([...asked].map(one));
}

const writesFail: Judge = (endpoint, answer) =>
  endpoint.needs === 'write' ? expectUnavailable(endpoint, answer) : expectUsual(endpoint, answer);

const everythingFails: Judge = (endpoint, answer) =>
  endpoint.needs === 'nothing' ? expectUsual(endpoint, answer) : expectUnavailable(endpoint, answer);

/** Some of it may be in memory, and some may find room. */
const anythingMayFail: Judge = (endpoint, answer) => {
  const failed = answer.status >= 500 || answer.headers.location?.startsWith('/login?error=unexpected');
  return failed ? expectUnavailable(endpoint, answer) : expectUsual(endpoint, answer);
};

async function expectLogin(): Promise<void> {
  const { visitor, person } = await signedIn();
  expect(await visitor.whoAmI()).toBe(person.id);
}

it('every page and every route is asked', () => {
  const files = readdirSync(join(import.meta.dirname, '../../app'), { recursive: true, encoding: 'utf8' });
  const answering = files.filter((file) => /(^|[\\/])(page\.tsx|route\.ts)$/.test(file));
  const asked = new Set(endpoints.map(({ file }) => file));
  expect(answering.map((file) => file.split(sep).join('/')).filter((file) => !asked.has(file))).toEqual([]);
});

describe('while another process holds the lock', () => {
  it('for 3 s, whoever has to write is told to try again, and reads go on', async () => {
    const asked = await scenes();
    const release = lockFile(stack.databaseFile);
    onTestFinished(release);
    const released = new Promise((resolve) => setTimeout(resolve, 3_000)).then(release);
    await whileItLives(stack, async () => {
      await askAll(asked, writesFail);
      await released;
    });
    await expectLogin();
  });

  it('for less than a moment, nobody notices', async () => {
    const asked = await scenes();
    const release = lockFile(stack.databaseFile);
    onTestFinished(release);
    setTimeout(release, 300);
    await askAll(asked, expectUsual);
  });

  it('for 30 s, it stays so, and nothing that was refused is there afterwards', async () => {
    const people = await Promise.all(Array.from({ length: 10 }, () => kakao.addPerson()));
    const { visitor, person } = await signedIn();
    const asked = await scenes();
    const release = lockFile(stack.databaseFile);
    onTestFinished(release);
    const until = Date.now() + 30_000;
    await whileItLives(stack, async () => {
      await askAll(asked, writesFail);
      while (Date.now() < until) {
        const answers = await Promise.all(
          people.map(async ({ id }) => signInWith(stack, (await kakao.tokens(id)).access_token)),
        );
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([503]));
        expect(await visitor.whoAmI()).toBe(person.id);
      }
    });
    release();
    const database = new Database(stack.databaseFile);
    expect(people.flatMap(({ id }) => database.users(id))).toEqual([]);
    await expectLogin();
  });
});

describe('while the database', () => {
  it('is full, what does not fit is refused, and what was acknowledged is there', async () => {
    const asked = await scenes();
    onTestFinished(() => runInApp('PRAGMA max_page_count = 1000000'));
    await runInApp('PRAGMA max_page_count = 1');
    const tokens: string[] = [];
    let refused = 0;
    for (let count = 0; refused < 3 && count < 1_000; count += 1) {
      const { access_token } = await kakao.tokens((await kakao.addPerson()).id);
      const answer = await signInWith(stack, access_token);
      if (answer.status === 200) tokens.push(String(answer.json()['access_token']));
      else {
        expect(answer.json()).toMatchObject({ message: 'UNAVAILABLE' });
        refused += 1;
      }
    }
    expect(refused).toBe(3);
    await whileItLives(stack, () => askAll(asked, anythingMayFail));
    await runInApp('PRAGMA max_page_count = 1000000');
    await expectLogin();
    for (const token of tokens) {
      const answer = await new Visitor(stack).send('/api/me', {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(200);
    }
  });

  it('is read-only, whoever has to write is told to try again', async () => {
    const asked = await scenes();
    onTestFinished(() => runInApp('PRAGMA query_only = OFF'));
    await runInApp('PRAGMA query_only = ON');
    await whileItLives(stack, () => askAll(asked, writesFail));
    await runInApp('PRAGMA query_only = OFF');
    await expectLogin();
  });

  it('was changed by a newer version, everything is told to try again', async () => {
    const asked = await scenes();
    const other = openSqlite(stack.databaseFile, { timeout: 5_000 });
    other.exec('ALTER TABLE "User" RENAME COLUMN "nickname" TO "displayName"');
    // The background work reads no profile.
    const judge: Judge = (endpoint, answer) =>
      endpoint.name === 'GET /api/cron' ? expectUsual(endpoint, answer) : everythingFails(endpoint, answer);
    await whileItLives(stack, () => askAll(asked, judge));
    other.exec('ALTER TABLE "User" RENAME COLUMN "displayName" TO "nickname"');
    other.close();
    await expectLogin();
  });

  it('is missing, nothing is written where nobody will find it', async () => {
    const asked = await scenes();
    const aside = `${stack.databaseFile}.aside`;
    renameSync(stack.databaseFile, aside);
    try {
      // Reads look for the file ten times a second at most.
      await new Promise((resolve) => setTimeout(resolve, 200));
      await whileItLives(stack, () => askAll(asked, everythingFails));
    } finally {
      renameSync(aside, stack.databaseFile);
    }
    await expectLogin();
  });
});

describe('a server that cannot use its database', () => {
  it('does not start on one of a newer version', async () => {
    await own.killApp();
    const other = openSqlite(stack.databaseFile, { timeout: 5_000 });
    other.exec(`INSERT INTO "_prisma_migrations" ("id", "checksum", "finished_at", "migration_name", "started_at")
      VALUES ('newer', 'x', 1, '99990101000000_newer', 1)`);
    await expect(own.restartApp()).rejects.toThrow(/did not start/);
    other.exec(`DELETE FROM "_prisma_migrations" WHERE "id" = 'newer'`);
    other.close();
    await own.restartApp();
    await expectLogin();
  });

  it('tells everybody to try again while it is damaged, and does not start on it', async () => {
    const asked = await scenes();
    const other = openSqlite(stack.databaseFile, { timeout: 5_000 });
    other.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    const file = openSync(stack.databaseFile, 'r+');
    // The first page of what everybody asks, and of what is read at the start.
    for (const table of ['Session', '_prisma_migrations']) {
      const [[page] = []] = other.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').all([table]);
      writeSync(file, Buffer.alloc(4_096, 0xa5), 0, 4_096, (Number(page) - 1) * 4_096);
    }
    closeSync(file);
    // A change by somebody else makes the app read what it had in memory.
    other.exec('PRAGMA user_version = 1');
    other.close();
    let failed = 0;
    await whileItLives(stack, () =>
      askAll(asked, (endpoint, answer) => {
        anythingMayFail(endpoint, answer);
        if (answer.status === 503) failed += 1;
      }),
    );
    expect(failed).toBeGreaterThan(10);
    await own.killApp();
    await expect(own.restartApp()).rejects.toThrow(/did not start/);
  });
});

it('throughout, liveness was prompt', expectPromptness);
