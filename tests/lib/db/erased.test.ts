import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { touchSession } from '@/lib/db/sessions';
import { recordSignIn } from '@/lib/db/sign-in';
import { openSqlite } from '@/lib/db/sqlite';
import { eraseUser, type User, updateProfile } from '@/lib/db/users';

const migrations = join(import.meta.dirname, '../../../prisma/migrations');
const now = new Date();
let above: string;
let folder: string;
let file: string;
let db: Database;

beforeEach(async () => {
  above = mkdtempSync(join(tmpdir(), 'erased-'));
  chmodSync(above, 0o755);
  folder = join(above, 'data');
  file = join(folder, 'app.db');
  migrate(file, migrations);
  db = await openDatabase(`file:${file}`);
});
afterEach(async () => {
  await db.$disconnect();
  rmSync(above, { recursive: true, force: true });
});

/** Ids like Kakao's, in no order, so that the pages of indexes are split. */
const kakaoIdOf = (at: number) => String(4_000_000_000 + ((at * 618_033_989) % 999_999_937));

let logins = 0;

/** A login of a person; `changes` to their profile since. */
async function signUp(at: number, changes: { email?: string | null } = {}): Promise<User> {
  logins += 1;
  const kakaoId = kakaoIdOf(at);
  const { user } = await recordSignIn(db, {
    profile: {
      kakaoId,
      nickname: `별명 ${kakaoId}`,
      email: `p${kakaoId}@example.com`,
      profileImageUrl: null,
      ...changes,
    },
    isFetched: true,
    refusalId: `refusal of ${at}`,
    startedAt: now,
    isDeliberate: true,
    seenAfter: new Date(0),
    session: {
      id: `${at}-${logins}`,
      createdAt: now,
      expiresAt: now,
      userAgent: `Browser of ${kakaoId}`,
      ip: null,
      interactive: true,
    },
    place: { at: now, device: null, ip: null },
  });
  return user;
}

const erase = (user: User) => eraseUser(db, { ...user, refusalId: randomUUID() }, { at: now });

/** All that is in the folder of the database, as text. */
const onDisk = () =>
  readdirSync(folder)
    .map((name) => readFileSync(join(folder, name), 'latin1'))
    .join('\n');
const rightsOf = (path: string) => statSync(path).mode & 0o777;

describe('what was erased', () => {
  it('cannot be read in any file, of 20 people among 40', async () => {
    const users: User[] = [];
    for (let at = 0; at < 40; at += 1) users.push(await signUp(at));
    const leaving = users.slice(0, 20);
    const traces = leaving.flatMap(({ id, kakaoId }) => [id, kakaoId]);
    expect(traces.filter((trace) => !onDisk().includes(trace))).toEqual([]);
    for (const user of leaving) await erase(user);
    expect(db.emptyLog()).toBe(true);
    const text = onDisk();
    expect(traces.filter((trace) => text.includes(trace))).toEqual([]);
    expect(users.slice(20).filter(({ kakaoId }) => !text.includes(`p${kakaoId}@example.com`))).toEqual([]);
  });

  it('cannot be read in a page that was split, once the file is written anew', async () => {
    const users: User[] = [];
    for (let at = 0; at < 1_500; at += 1) users.push(await signUp(at));
    const leaving = users.filter((_, at) => at % 3 === 0);
    await Promise.all(leaving.map(erase));
    db.rewriteFile();
    expect(db.emptyLog()).toBe(true);
    const text = onDisk();
    expect(leaving.filter(({ id, kakaoId }) => text.includes(id) || text.includes(kakaoId))).toEqual([]);
    expect(await db.user.count()).toBe(1_000);
  }, 60_000);

  it('is an e-mail too whose consent was withdrawn', async () => {
    const { id, kakaoId } = await signUp(1);
    await updateProfile(db, id, { nickname: null, profileImageUrl: null, email: null }, new Date());
    db.emptyLog();
    expect(onDisk()).not.toContain(`p${kakaoId}@example.com`);
    expect(onDisk()).toContain(kakaoId);
  });

  it.each([
    ['is not shared any more', null],
    ['is another now', 'another@example.com'],
  ])('is an e-mail too that %s at a login', async (_, email) => {
    const { kakaoId } = await signUp(1);
    db.emptyLog();
    await signUp(1, { email });
    expect(onDisk()).toContain(`p${kakaoId}@example.com`);
    db.emptyLog();
    expect(onDisk()).not.toContain(`p${kakaoId}@example.com`);
    expect(onDisk()).toContain(email ?? kakaoId);
  });

  it('is taken out of the log once, and whoever only logs in or is seen makes nobody do so', async () => {
    await erase(await signUp(1));
    const size = () => statSync(`${file}-wal`).size;
    db.emptyLog();
    expect(size()).toBe(0);
    await signUp(2);
    await signUp(2);
    await touchSession(db, `2-${logins}`, {
      now: new Date(now.getTime() + 1_000),
      unlessSince: new Date(now.getTime() + 1),
    });
    db.emptyLog();
    expect(size()).toBeGreaterThan(0);
  });

  it('stays in the log while another process reads it, and is gone the next time', async () => {
    const user = await signUp(1);
    const other = openSqlite(file, { timeout: 0, readonly: true });
    other.exec('BEGIN');
    other.prepare('SELECT count(*) FROM "User"').all([]);
    await erase(user);
    expect(db.emptyLog()).toBe(false);
    other.close();
    expect(db.emptyLog()).toBe(true);
    expect(onDisk()).not.toContain(user.kakaoId);
  });

  it('before erasing overwrote anything, is gone after the next start', async () => {
    const { kakaoId } = await signUp(1);
    await db.$disconnect();
    const old = openSqlite(file, { timeout: 0 });
    old.exec('PRAGMA secure_delete = OFF; DELETE FROM "User"; PRAGMA user_version = 0');
    old.close();
    expect(onDisk()).toContain(kakaoId);
    migrate(file, migrations);
    expect(onDisk()).not.toContain(kakaoId);
    db = await openDatabase(`file:${file}`);
  });
});

describe('the files of the database', () => {
  it('belong to their owner alone, and so does the folder that was made for them', async () => {
    await signUp(1);
    const names = readdirSync(folder);
    expect(names.sort()).toEqual(['app.db', 'app.db-shm', 'app.db-wal']);
    expect(names.map((name) => rightsOf(join(folder, name)))).toEqual([0o600, 0o600, 0o600]);
    expect([rightsOf(folder), rightsOf(above)]).toEqual([0o700, 0o755]);
  });

  it('do so too where others had rights to them; a folder that was there stays as it is', async () => {
    const shared = join(above, 'shared');
    mkdirSync(shared);
    chmodSync(shared, 0o755);
    const path = join(shared, 'app.db');
    for (const name of [path, `${path}-wal`, `${path}-shm`]) {
      writeFileSync(name, '');
      chmodSync(name, 0o644);
    }
    migrate(path, migrations);
    const opened = await openDatabase(`file:${path}`);
    const rights = readdirSync(shared).map((name) => rightsOf(join(shared, name)));
    await opened.$disconnect();
    expect([...rights, rightsOf(shared)]).toEqual([0o600, 0o600, 0o600, 0o755]);
  });
});
