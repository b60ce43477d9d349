import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { migrate } from '../lib/db/migrate.ts';
import { storedDate } from '../lib/db/prisma-adapter.ts';
import { openSqlite } from '../lib/db/sqlite.ts';
import { cookies } from '../lib/session/cookie.ts';
import { createKeyring } from '../lib/session/keyring.ts';
import { hashSid, signSessionToken } from '../lib/session/token.ts';
import { type Browser, createBrowser } from './browser.ts';
import type { FakeKakao } from './kakao.ts';
import { firstSeeded, type LoginWindow, measureLogins } from './logins.ts';
import { measureRequests, type RequestWindow } from './requests.ts';
import { type Server, startServer } from './server.ts';
import { benchSecret, type Target } from './targets.ts';
import { alternate, medians, type Rounds } from './windows.ts';

/** What a login and a check cost with so many people, each with a session. */
export interface GrowthResult {
  readonly people: number;
  readonly logins: LoginWindow;
  readonly checks: RequestWindow;
}

/** Measures the same app on databases of these sizes, which are made once and kept in `data/bench/`. */
export async function measureGrowth(
  target: Target,
  kakao: FakeKakao,
  { sizes, logins, ...rounds }: Rounds & { readonly sizes: readonly number[]; readonly logins: number },
): Promise<GrowthResult[]> {
  const servers = new Map<number, Server>();
  try {
    for (const people of sizes) {
      const database = seededDatabase(people);
      servers.set(people, await startServer(target, kakao.origin, { database }));
    }
    const grown = [...servers];
    const logInAll = ([people, server]: [number, Server]) =>
      measureLogins(server, kakao, { browsers: 16, kakaoMs: 0, people, logins });
    const checkAll = ([people, server]: [number, Server]) => measureStrangers(server, people, logins * 4);
    for (const one of grown) {
      await logInAll(one);
      await checkAll(one);
      process.stderr.write(`${one[0]} people: warm\n`);
    }
    const loginWindows = await alternate(grown, rounds, logInAll);
    const checkWindows = await alternate(grown, rounds, checkAll);
    return grown.map((one) => ({
      people: one[0],
      logins: medians(loginWindows.get(one) ?? []),
      checks: medians(checkWindows.get(one) ?? []),
    }));
  } finally {
    for (const server of servers.values()) await server.stop();
  }
}

/** Checks of sessions from all over the database. */
async function measureStrangers(server: Server, people: number, times: number): Promise<RequestWindow> {
  const keyring = createKeyring(server.origin, [benchSecret]);
  const cookie = cookies(server.origin).session.name;
  const browsers = Array.from({ length: 16 }, createBrowser);
  const check = (browser: Browser) => {
    const at = Math.floor(Math.random() * people);
    const issuedAt = Math.floor(Date.now() / 1_000);
    const claims = { userId: userIdOf(at), sid: sidOf(at), issuedAt, expiresAt: issuedAt + 3_600 };
    browser.setCookie(cookie, signSessionToken(keyring, claims));
    return server.target.check(browser, server.origin);
  };
  const window = await measureRequests(server, browsers, times, check);
  for (const browser of browsers) browser.close();
  return window;
}

/** The file of a database with so many people; what an earlier run has made is used again. */
function seededDatabase(people: number): string {
  const folder = join('data', 'bench');
  const schema = readdirSync('prisma/migrations').sort().at(-2);
  const file = join(folder, `${people}-${schema}.db`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const part = `${file}.part`;
  for (const name of [part, `${part}-wal`, `${part}-shm`]) rmSync(name, { force: true });
  migrate(part, 'prisma/migrations');
  fill(part, people);
  renameSync(part, file);
  return file;
}

const step = 50_000;
const seeded = storedDate(new Date('2026-01-01T00:00:00Z'));

function fill(file: string, people: number): void {
  const database = openSqlite(file, { timeout: 0 });
  database.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000');
  for (let from = 0; from < people; from += step) {
    database.exec('BEGIN');
    for (let at = from; at < Math.min(from + step, people); at += 1) {
      const user = userIdOf(at);
      database
        .prepare(
          `INSERT INTO "User" ("id", "kakaoId", "nickname", "email", "createdAt", "lastLoginAt") VALUES (?, ?, ?, ?, ?, ?)`,
        )
        .run([user, String(firstSeeded + at), `person ${at}`, `${at}@example.com`, seeded, seeded]);
      database
        .prepare(
          `INSERT INTO "Session" ("id", "userId", "createdAt", "lastSeenAt", "expiresAt", "userAgent", "ip") VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run([hashSid(sidOf(at)), user, seeded, farAway(at), farAway(at), 'Chrome', '203.0.113.0/24']);
      database
        .prepare(
          `INSERT INTO "SecurityEvent" ("id", "userId", "at", "kind", "device", "ip") VALUES (?, ?, ?, 'login', 'Chrome · Windows', '203.0.113.0/24')`,
        )
        .run([userIdOf(-1 - at), user, farAway(at)]);
    }
    database.exec('COMMIT');
    process.stderr.write(`made ${Math.min(from + step, people)} of ${people} people\n`);
  }
  database.close();
}

/** A time in thirty days of 2060: these sessions do not end, however old the file is. */
function farAway(at: number): string {
  return storedDate(new Date(Date.UTC(2060, 0, 1) + ((at * 7_919) % (30 * 86_400)) * 1_000));
}

function sidOf(at: number): string {
  return `sid-${at}`;
}

/** As random as the ids of people who came by themselves. */
function userIdOf(at: number): string {
  const hex = createHash('sha256').update(`user-${at}`).digest('hex');
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
