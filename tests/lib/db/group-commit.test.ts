import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '@/lib/db/client';
import { type GroupCommit, groupCommits } from '@/lib/db/group-commit';
import { preparedStatements, sql } from '@/lib/db/prepared';
import { findSession } from '@/lib/db/sessions';
import { openSqlite, type Sqlite } from '@/lib/db/sqlite';
import { addSession, addUser, logIn, withFile } from '../../support/database';

const { db, file } = withFile();
const now = new Date('2026-11-24T00:00:00Z');

describe('writes that arrive together', () => {
  it('refuse transactions: they would take in what others write', async () => {
    await expect(db().$transaction([db().user.count(), db().user.count()])).rejects.toThrow(
      /no transactions/,
    );
    await expect(db().$transaction(async () => undefined)).rejects.toThrow(/no transactions/);
  });

  it('fail one by one: a broken statement takes no other with it', async () => {
    const user = await addUser(db(), '1', now);
    const [good, bad, alsoGood] = await Promise.allSettled([
      addSession(db(), 'a', user.id, now),
      addSession(db(), 'b', 'nobody', now),
      addSession(db(), 'c', user.id, now),
    ]);
    expect([good.status, bad.status, alsoGood.status]).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await findSession(db(), 'a')).not.toBeNull();
    expect(await findSession(db(), 'b')).toBeNull();
    expect(await findSession(db(), 'c')).not.toBeNull();
  });

  it('are on disk for another connection by the time they are acknowledged', async () => {
    const user = await addUser(db(), '2', now);
    const other = openSqlite(file(), { timeout: 5_000, readonly: true });
    const seen = await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        await addSession(db(), `seen-${index}`, user.id, now);
        return other.prepare('SELECT count(*) AS n FROM "Session" WHERE "id" = ?').all([`seen-${index}`]);
      }),
    );
    other.close();
    expect(seen).toEqual(Array.from({ length: 50 }, () => [[1n]]));
  });

  it('wait for another process that holds the lock, and all arrive', async () => {
    const other = openSqlite(file(), { timeout: 5_000 });
    other.exec('BEGIN IMMEDIATE');
    const writing = Promise.all(Array.from({ length: 20 }, () => logIn(db(), '3', now)));
    setTimeout(() => {
      other.exec('COMMIT');
      other.close();
    }, 500);
    await writing;
    expect(await db().session.count({ where: { user: { kakaoId: '3' } } })).toBe(20);
  });

  it('are refused, all of them, while the lock is never let go', async () => {
    const other = openSqlite(file(), { timeout: 5_000 });
    other.exec('BEGIN IMMEDIATE');
    const writing = Promise.allSettled(['4', '5'].map((id) => logIn(db(), id, now)));
    const outcomes = await writing;
    expect(outcomes).toMatchObject([{ reason: { code: 'busy' } }, { reason: { code: 'busy' } }]);
    other.exec('ROLLBACK');
    other.close();
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await db().user.count({ where: { kakaoId: { in: ['4', '5'] } } })).toBe(0);
  });
});

describe('on a full disk', () => {
  let connection: Sqlite;
  let commit: GroupCommit;
  beforeEach(() => {
    connection = openSqlite(file(), { timeout: 5_000 });
    connection.exec('CREATE TABLE page (text TEXT); PRAGMA max_page_count = 60');
    commit = groupCommits(connection);
  });
  afterEach(() => {
    connection.exec('DROP TABLE page');
    connection.close();
  });
  const insert = (text: string) =>
    commit(() => connection.prepare('INSERT INTO page VALUES (?)').run([text]));
  const kept = () => connection.prepare('SELECT text FROM page ORDER BY text').all([]).flat();

  it('the write that finds no room fails alone, and nothing is on disk without being acknowledged', async () => {
    const writes = [
      insert('a'),
      insert('x'.repeat(1_000_000)),
      insert('b'),
      insert('y'.repeat(1_000_000)),
      insert('c'),
    ];
    const outcomes = await Promise.allSettled(writes);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'fulfilled',
      'rejected',
      'fulfilled',
      'rejected',
      'fulfilled',
    ]);
    await expect(writes[1]).rejects.toMatchObject({ name: 'SqliteError', code: 'SQLITE_FULL' });
    expect(kept()).toEqual(['a', 'b', 'c']);
  });

  it('a write of several statements leaves nothing of itself', async () => {
    const { write } = preparedStatements(connection, commit);
    const large = 'x'.repeat(1_000_000);
    const half = write([sql`INSERT INTO page VALUES ('first')`, sql`INSERT INTO page VALUES (${large})`]);
    const [other] = await Promise.allSettled([insert('a'), half]);
    expect(other.status).toBe('fulfilled');
    await expect(half).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(kept()).toEqual(['a']);
  });
});

it('a commit that fails is tried again with each write by itself', async () => {
  const connection = openSqlite(file(), { timeout: 5_000 });
  connection.exec(`PRAGMA foreign_keys = ON; CREATE TABLE parent (id INTEGER PRIMARY KEY);
    CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent DEFERRABLE INITIALLY DEFERRED)`);
  const commit = groupCommits(connection);
  const insert = (id: number, parent: number | null) =>
    commit(() => connection.prepare('INSERT INTO child VALUES (?, ?)').run([id, parent]));
  // Refused by COMMIT, not by the statement.
  const outcomes = await Promise.allSettled([insert(1, null), insert(2, 99), insert(3, null)]);
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(connection.prepare('SELECT id FROM child').all([])).toEqual([[1n], [3n]]);
  connection.exec('DROP TABLE child; DROP TABLE parent');
  connection.close();
});

describe('a closed database', () => {
  it('refuses what was waiting for its commit', async () => {
    const closing = await openDatabase(`file:${file()}`);
    const written = Promise.allSettled([addUser(closing, '8', now), logIn(closing, '9', now)]);
    await closing.$disconnect();
    expect((await written).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await db().user.count({ where: { kakaoId: { in: ['8', '9'] } } })).toBe(0);
  });
});
