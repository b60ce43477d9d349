import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertWritable, databaseFile, openDatabase, pingDatabase } from '@/lib/db/client';
import { isDatabaseError } from '@/lib/db/errors';
import { migrate } from '@/lib/db/migrate';
import { findSession } from '@/lib/db/sessions';
import { addUser, logIn, withFile } from '../../support/database';

const database = withFile();
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'client-'));
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

describe('a database that cannot be used is refused by name', () => {
  const isRoot = process.getuid?.() === 0;

  it('when its folder is a file', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const url = `file:${join(file, 'app.db')}`;
    expect(() => assertWritable(url)).toThrow(expect.objectContaining({ code: 'unusable' }));
    expect(() => assertWritable(url)).toThrow(join(file, 'app.db'));
  });

  it('when it may not be written', () => {
    const file = isRoot ? '/proc/nothing/app.db' : join(folder, 'app.db');
    if (!isRoot) chmodSync(folder, 0o500);
    expect(() => assertWritable(`file:${file}`)).toThrow(expect.objectContaining({ code: 'unusable' }));
    expect(() => assertWritable(`file:${file}`)).toThrow(file);
  });

  it('when it is a folder', async () => {
    const file = join(folder, 'app.db');
    mkdirSync(file);
    await expect(openDatabase(`file:${file}`)).rejects.toMatchObject({
      name: 'DatabaseError',
      code: 'unusable',
    });
    await expect(openDatabase(`file:${file}`)).rejects.toThrow(file);
  });

  it('when it is not a database', async () => {
    const file = join(folder, 'app.db');
    writeFileSync(file, 'this is a letter to my grandmother, not a database');
    await expect(openDatabase(`file:${file}`)).rejects.toMatchObject({ code: 'unusable' });
  });

  it('when SQLite keeps another mode than the promised one', async () => {
    await expect(openDatabase('file::memory:')).rejects.toThrow(/SQLite refused journal_mode = WAL/);
  });
});

describe('an open database', () => {
  it('writes ahead, to disk, overwrites what is erased, and minds its foreign keys', async () => {
    const pragma = async (name: string) => {
      const rows = await database.db().$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`);
      return String(Object.values(rows[0] ?? {})[0]);
    };
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe('2');
    expect(await pragma('secure_delete')).toBe('1');
    expect(await pragma('foreign_keys')).toBe('1');
    expect(Number(await pragma('busy_timeout'))).toBeLessThanOrEqual(20);
  });

  it('refuses reads and writes while its file is not in its place, and works on when it is back', async () => {
    const file = join(folder, 'app.db');
    migrate(file, join(import.meta.dirname, '../../../prisma/migrations'));
    const db = await openDatabase(`file:${file}`);
    const failures = async () => {
      // The place of the file is looked at every 100 ms at most.
      await new Promise((resolve) => setTimeout(resolve, 120));
      const asked = [findSession(db, 's'), db.user.findMany(), addUser(db, '1'), logIn(db, '2', new Date())];
      const outcomes = await Promise.allSettled(asked);
      return outcomes.flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
      );
    };
    renameSync(file, `${file}.aside`);
    expect((await failures()).map(isDatabaseError)).toEqual([true, true, true, true]);
    copyFileSync(`${file}.aside`, file);
    expect((await failures()).map(isDatabaseError)).toEqual([true, true, true, true]);
    renameSync(`${file}.aside`, file);
    expect(await failures()).toEqual([]);
    expect(await db.user.count()).toBe(2);
    await db.$disconnect();
  });

  it('tells a full disk from a mistake of ours', async () => {
    const file = join(folder, 'app.db');
    migrate(file, join(import.meta.dirname, '../../../prisma/migrations'));
    const db = await openDatabase(`file:${file}`);
    const user = await addUser(db, '1');
    await db.$queryRawUnsafe('PRAGMA max_page_count = 1');
    const large = { id: '2', kakaoId: '2', nickname: 'x'.repeat(1_000_000), createdAt: new Date() };
    const full = db.user.create({ data: { ...large, lastLoginAt: large.createdAt } });
    await expect(full).rejects.toSatisfy(isDatabaseError);
    await expect(db.user.create({ data: user })).rejects.toSatisfy((error) => !isDatabaseError(error));
    expect(await db.user.count()).toBe(1);
    await db.$disconnect();
  });

  it('answers', async () => {
    await expect(pingDatabase(database.db())).resolves.toBeUndefined();
  });
});

it('a missing folder is made', () => {
  const file = join(folder, 'a', 'b', 'app.db');
  assertWritable(`file:${file}`);
  expect(() => assertWritable(`file:${file}`)).not.toThrow();
});

it.each([
  ['file:./data/app.db', './data/app.db'],
  ['file:/data/app.db', '/data/app.db'],
  ['file:///data/app.db', '/data/app.db'],
  ['file:app.db?connection_limit=1', 'app.db'],
  ['file:/my%20data/app.db', '/my data/app.db'],
])('%s is the file %s', (url, file) => {
  expect(databaseFile(url)).toBe(file);
});
