import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { assertWritable, databaseFile, openDatabase, pingDatabase } from '@/lib/db/client';
import { withDatabase } from '../../support/database';

const database = withDatabase();
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
  it('writes ahead, to disk, and minds its foreign keys', async () => {
    const pragma = async (name: string) => {
      const rows = await database.db().$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`);
      return String(Object.values(rows[0] ?? {})[0]);
    };
    expect(await pragma('journal_mode')).toBe('wal');
    expect(await pragma('synchronous')).toBe('2');
    expect(await pragma('foreign_keys')).toBe('1');
    expect(Number(await pragma('busy_timeout'))).toBeLessThanOrEqual(300);
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
