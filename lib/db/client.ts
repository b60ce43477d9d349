import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { DatabaseError } from './errors';
import { PrismaClient } from './generated/client';
import { withGroupCommit } from './group-commit';
import { makeFolder } from './make-folder';

/** The database, as an argument: one per process. */
export type Database = PrismaClient;

/** The path in a `file:` URL as Prisma understands it: relative to the working directory. */
export function databaseFile(url: string): string {
  return decodeURIComponent(url.replace(/^file:(\/\/(?=\/))?/, '').replace(/\?.*$/, ''));
}

/**
 * Makes sure that the file of a `file:` URL can be written, making its folder if need be.
 *
 * @throws DatabaseError `unusable`, naming the file
 */
export function assertWritable(url: string): void {
  const file = databaseFile(url);
  try {
    makeFolder(dirname(file));
    accessSync(dirname(file), constants.W_OK);
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
  } catch (cause) {
    throw new DatabaseError('unusable', `the database file ${file} cannot be written`, cause);
  }
}

/**
 * Opens the SQLite file. The adapter holds one connection per client, so what is set here holds for all
 * queries: WAL, `synchronous=FULL` (what was acknowledged is on disk), foreign keys.
 *
 * @param url `file:` URL
 * @throws DatabaseError `unusable` when it is not in the promised mode
 */
export async function openDatabase(url: string): Promise<Database> {
  const file = `file:${databaseFile(url)}`;
  const adapter = withGroupCommit(new PrismaBetterSqlite3({ url: file, timeout: 100 }));
  const db = new PrismaClient({ adapter });
  try {
    await setPragma(db, { name: 'journal_mode', value: 'WAL', expected: 'wal' });
    await setPragma(db, { name: 'synchronous', value: 'FULL', expected: 2 });
    await setPragma(db, { name: 'foreign_keys', value: 'ON', expected: 1 });
    return db;
  } catch (cause) {
    await db.$disconnect();
    if (cause instanceof DatabaseError) throw cause;
    throw new DatabaseError('unusable', `the database ${databaseFile(url)} cannot be opened`, cause);
  }
}

/** One query that fails when the database does not answer. */
export async function pingDatabase(db: Database): Promise<void> {
  await db.$queryRaw`SELECT 1`;
}

async function setPragma(
  db: Database,
  pragma: { readonly name: string; readonly value: string; readonly expected: string | number },
): Promise<void> {
  const { name, value, expected } = pragma;
  await db.$queryRawUnsafe(`PRAGMA ${name} = ${value}`);
  const rows = await db.$queryRawUnsafe<Record<string, unknown>[]>(`PRAGMA ${name}`);
  const actual = Object.values(rows[0] ?? {})[0];
  if (String(actual) !== String(expected)) {
    throw new DatabaseError('unusable', `SQLite refused ${name} = ${value}: it stays ${String(actual)}`);
  }
}
