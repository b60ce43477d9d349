import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { isPostgresql } from './database-url';
import { type Erasures, rewriteFile, watchErasures } from './erasure';
import { DatabaseError, toDatabaseError } from './errors';
import { PrismaClient } from './generated/client';
import { groupCommits } from './group-commit';
import { type PreparedStatements, preparedStatements } from './prepared';
import { prismaAdapter } from './prisma-adapter';
import { makeFolder, makePrivateFile } from './private-files';
import { openSqlite, type Sqlite } from './sqlite';

/** The database, as an argument: one per process. Prisma's client, and beside it the statements of the hot paths. */
export type Database = PrismaClient &
  Erasures & {
    readonly prepared: PreparedStatements;
    /** Takes what remains of what was erased out of the file, see `rewriteFile`. */
    readonly rewriteFile: () => void;
  };

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
 * Opens the database of a URL.
 *
 * @param url `file:` or `postgresql:` URL
 * @param poolSize how many connections there are to a PostgreSQL database at most
 * @throws DatabaseError `unusable` when it cannot be used as promised
 */
export async function openDatabase(url: string, { poolSize = 10 } = {}): Promise<Database> {
  if (!isPostgresql(url)) return openFile(url);
  // Whoever has a file needs none of its driver.
  const { openPostgresql } = await import('./postgresql');
  const { prisma, prepared } = await openPostgresql(url, poolSize);
  // What was erased is gone for every query; what the files of the server hold is its operator's to forget.
  const erasures = { noteErasure: () => undefined, emptyLog: () => true, rewriteFile: () => undefined };
  return Object.assign(prisma, { prepared, ...erasures });
}

/**
 * Opens the SQLite file. All queries go over one connection, so what is set here holds for them all: WAL,
 * `synchronous=FULL` (what was acknowledged is on disk), `secure_delete` (what was erased is overwritten), foreign keys,
 * 16 MB of cache.
 */
async function openFile(url: string): Promise<Database> {
  const file = databaseFile(url);
  const opened = namingFailures(openConnection(file), file);
  const { connection, ...erasures } = watchErasures(opened, file);
  const commit = groupCommits(connection);
  const adapter = prismaAdapter(connection, commit);
  const { provider, adapterName } = adapter;
  const prisma = new PrismaClient({ adapter: { provider, adapterName, connect: async () => adapter } });
  await prisma.$connect();
  const prepared = preparedStatements(connection, commit);
  return Object.assign(prisma, {
    prepared,
    ...erasures,
    rewriteFile: () => rewriteFile(connection, { isServing: true }),
  });
}

/** How long SQLite itself waits for a lock, ms: nothing else happens meanwhile, so the waiting is done elsewhere. */
const busyTimeout = 10;

function openConnection(file: string): Sqlite {
  let connection: Sqlite | undefined;
  try {
    makePrivateFile(file);
    connection = openSqlite(file, { timeout: 5_000 });
    setPragma(connection, 'journal_mode', 'WAL', 'wal');
    setPragma(connection, 'synchronous', 'FULL', '2');
    setPragma(connection, 'secure_delete', 'ON', '1');
    setPragma(connection, 'foreign_keys', 'ON', '1');
    setPragma(connection, 'cache_size', '-16000', '-16000');
    setPragma(connection, 'busy_timeout', String(busyTimeout), String(busyTimeout));
    return connection;
  } catch (cause) {
    connection?.close();
    if (cause instanceof DatabaseError) throw cause;
    throw new DatabaseError('unusable', `the database ${file} cannot be opened`, cause);
  }
}

/**
 * The connection, with every refusal that is about the whole database as a `DatabaseError`. One of them SQLite does not
 * notice: its file was deleted or replaced, and whatever is written is lost with the process.
 */
function namingFailures(connection: Sqlite, file: string): Sqlite {
  const opened = statSync(file).ino;
  let checkAt = 0;
  function assertInPlace(): void {
    checkAt = Date.now() + 100;
    if (statSync(file, { throwIfNoEntry: false })?.ino === opened) return;
    checkAt = 0;
    throw new DatabaseError('unusable', 'the database file is gone: put it back and restart');
  }
  function named<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw toDatabaseError(error);
    }
  }
  return {
    ...connection,
    prepare: (sql) => {
      if (Date.now() >= checkAt && !connection.inTransaction()) assertInPlace();
      const { columns, all, run } = named(() => connection.prepare(sql));
      return { columns, all: (args) => named(() => all(args)), run: (args) => named(() => run(args)) };
    },
    exec: (script) => {
      // Before every transaction, but never inside one, which has to be ended whatever happens.
      if (!connection.inTransaction()) assertInPlace();
      named(() => connection.exec(script));
    },
  };
}

/** One query that fails when the database does not answer, or is of another version. */
export async function pingDatabase(db: Database): Promise<void> {
  await db.user.findFirst({ orderBy: { id: 'asc' } });
}

function setPragma(connection: Sqlite, name: string, value: string, expected: string): void {
  connection.exec(`PRAGMA ${name} = ${value}`);
  const [[actual] = []] = connection.prepare(`PRAGMA ${name}`).all([]);
  if (String(actual) !== expected) {
    throw new DatabaseError('unusable', `SQLite refused ${name} = ${value}: it stays ${String(actual)}`);
  }
}
