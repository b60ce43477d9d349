import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseError } from './errors';
import { PrismaClient } from './generated/client';
import { groupCommits } from './group-commit';
import { makeFolder } from './make-folder';
import { type PreparedStatements, preparedStatements } from './prepared';
import { prismaAdapter } from './prisma-adapter';
import { openSqlite, type Sqlite } from './sqlite';

/** The database, as an argument: one per process. Prisma's client, and beside it the statements of the hot paths. */
export type Database = PrismaClient & { readonly prepared: PreparedStatements };

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
 * Opens the SQLite file. All queries go over one connection, so what is set here holds for them all: WAL,
 * `synchronous=FULL` (what was acknowledged is on disk), foreign keys, 16 MB of cache.
 *
 * @param url `file:` URL
 * @throws DatabaseError `unusable` when a promised mode does not hold
 */
export async function openDatabase(url: string): Promise<Database> {
  const connection = openConnection(databaseFile(url));
  const commit = groupCommits(connection);
  const adapter = prismaAdapter(connection, commit);
  const { provider, adapterName } = adapter;
  const prisma = new PrismaClient({ adapter: { provider, adapterName, connect: async () => adapter } });
  await prisma.$connect();
  return Object.assign(prisma, { prepared: preparedStatements(connection, commit) });
}

function openConnection(file: string): Sqlite {
  let connection: Sqlite | undefined;
  try {
    connection = openSqlite(file, { timeout: 100 });
    setPragma(connection, 'journal_mode', 'WAL', 'wal');
    setPragma(connection, 'synchronous', 'FULL', '2');
    setPragma(connection, 'foreign_keys', 'ON', '1');
    setPragma(connection, 'cache_size', '-16000', '-16000');
    return connection;
  } catch (cause) {
    connection?.close();
    if (cause instanceof DatabaseError) throw cause;
    throw new DatabaseError('unusable', `the database ${file} cannot be opened`, cause);
  }
}

/** One query that fails when the database does not answer. */
export async function pingDatabase(db: Database): Promise<void> {
  await db.$queryRaw`SELECT 1`;
}

function setPragma(connection: Sqlite, name: string, value: string, expected: string): void {
  connection.exec(`PRAGMA ${name} = ${value}`);
  const [[actual] = []] = connection.prepare(`PRAGMA ${name}`).all([]);
  if (String(actual) !== expected) {
    throw new DatabaseError('unusable', `SQLite refused ${name} = ${value}: it stays ${String(actual)}`);
  }
}
