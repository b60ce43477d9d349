import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSqlite, type Sqlite } from '@/lib/db/sqlite';

let folder: string;
let file: string;
let db: Sqlite;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sqlite-'));
  file = join(folder, 'app.db');
  db = openSqlite(file, { timeout: 50 });
  db.exec(`
    CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, age INTEGER, face BLOB);
    CREATE TABLE pet (owner TEXT REFERENCES person(id))`);
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (sql: string, ...args: Parameters<ReturnType<Sqlite['prepare']>['run']>[0]) =>
  db.prepare(sql).run(args);
const all = (sql: string) => db.prepare(sql).all([]);

describe('SQLite refuses by name', () => {
  it('a file that is no database', () => {
    const other = join(folder, 'letter');
    writeFileSync(other, 'this is a letter to my grandmother, not a database'.repeat(20));
    expect(() => openSqlite(other, { timeout: 0 }).exec('CREATE TABLE t (a)')).toThrow(
      expect.objectContaining({ name: 'SqliteError', code: 'SQLITE_NOTADB' }),
    );
  });

  it('a file that does not exist, to somebody who only reads', () => {
    const missing = join(folder, 'missing.db');
    expect(() => openSqlite(missing, { timeout: 0, readonly: true })).toThrow(
      expect.objectContaining({ code: 'SQLITE_CANTOPEN' }),
    );
  });

  it('a write of somebody who only reads', () => {
    const reader = openSqlite(file, { timeout: 0, readonly: true });
    expect(() => reader.exec(`INSERT INTO person VALUES ('1', 'a', 1, NULL)`)).toThrow(
      expect.objectContaining({ code: 'SQLITE_READONLY' }),
    );
    reader.close();
  });

  it('a write while another holds the lock', () => {
    const other = openSqlite(file, { timeout: 0 });
    other.exec('BEGIN IMMEDIATE');
    expect(() => db.exec('BEGIN IMMEDIATE')).toThrow(expect.objectContaining({ code: 'SQLITE_BUSY' }));
    expect(db.inTransaction()).toBe(false);
    other.close();
  });

  it.each([
    [`INSERT INTO person VALUES ('1', 'b', 1, NULL)`, 'SQLITE_CONSTRAINT_PRIMARYKEY'],
    [`INSERT INTO person VALUES ('2', 'a', 1, NULL)`, 'SQLITE_CONSTRAINT_UNIQUE'],
    [`INSERT INTO person VALUES ('2', NULL, 1, NULL)`, 'SQLITE_CONSTRAINT_NOTNULL'],
    [`INSERT INTO pet VALUES ('nobody')`, 'SQLITE_CONSTRAINT_FOREIGNKEY'],
    ['INSERT INTO nowhere VALUES (1)', 'SQLITE_ERROR'],
  ])('%s: %s', (sql, code) => {
    run(`INSERT INTO person VALUES ('1', 'a', 1, NULL)`);
    expect(() => run(sql)).toThrow(expect.objectContaining({ code }));
  });

  it('everything once it is closed', () => {
    db.close();
    expect(() => db.exec('SELECT 1')).toThrow();
    expect(db.inTransaction()).toBe(false);
    db = openSqlite(file, { timeout: 50 });
  });
});

describe('SQLite keeps', () => {
  it.each(['', 'a\0b', '\0', '춘식이 🐱', "'; DROP TABLE person; --", '9223372036854775808'])(
    'the text %j whole',
    (text) => {
      run('INSERT INTO person VALUES (?, ?, NULL, NULL)', text, text);
      expect(all('SELECT id, name FROM person')).toEqual([[text, text]]);
    },
  );

  it('whole numbers beyond 2^53, bytes and nothing', () => {
    run(
      'INSERT INTO person VALUES (?, ?, ?, ?)',
      '1',
      'a',
      9_223_372_036_854_775_807n,
      Buffer.from('\0face'),
    );
    const [[age, face] = []] = all('SELECT age, face FROM person');
    expect(age).toBe(9_223_372_036_854_775_807n);
    expect(Buffer.from(face as Uint8Array).toString()).toBe('\0face');
    run('UPDATE person SET age = ?, face = ?', null, null);
    expect(all('SELECT age, face FROM person')).toEqual([[null, null]]);
  });
});

describe('a statement', () => {
  it('says its columns and how many rows it changed', () => {
    const insert = db.prepare(`INSERT INTO person VALUES (?, ?, 1, NULL) RETURNING id AS "key", age + 1`);
    expect(insert.columns).toMatchObject([
      { name: 'key', type: 'TEXT' },
      { name: 'age + 1', type: null },
    ]);
    expect(insert.all(['1', 'a'])).toEqual([['1', 2n]]);
    expect(insert.all(['2', 'b'])).toEqual([['2', 2n]]);
    expect(run('UPDATE person SET age = 2')).toBe(2);
    expect(db.prepare('UPDATE person SET age = 3').columns).toEqual([]);
    expect(db.prepare('UPDATE person SET age = 3').all([])).toEqual([]);
  });

  it('is prepared once, and runs on when the table has changed', () => {
    const select = db.prepare('SELECT id FROM person');
    expect(db.prepare('SELECT id FROM person')).toBe(select);
    db.exec(`ALTER TABLE person ADD COLUMN city TEXT; INSERT INTO person VALUES ('1', 'a', 1, NULL, 'Jeju')`);
    expect(select.all([])).toEqual([['1']]);
  });

  it('that was not used for long is let go, and prepared again', () => {
    const first = db.prepare('SELECT 0');
    for (let i = 1; i <= 150; i += 1) db.prepare(`SELECT ${i}`);
    expect(db.prepare('SELECT 0')).toBe(first);
    for (let i = 151; i <= 400; i += 1) db.prepare(`SELECT ${i}`);
    expect(db.prepare('SELECT 0')).not.toBe(first);
    expect(all('SELECT 0')).toEqual([[0n]]);
  });

  it('that failed can run again', () => {
    const insert = db.prepare('INSERT INTO person VALUES (?, ?, NULL, NULL)');
    insert.run(['1', 'a']);
    expect(() => insert.run(['1', 'a'])).toThrow();
    expect(insert.run(['2', 'b'])).toBe(1);
  });
});
