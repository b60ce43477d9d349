import { createRequire } from 'node:module';
import type BetterSqlite3 from 'better-sqlite3';

/** What SQLite keeps in a column; an integer is read as a `bigint`. */
export type SqliteValue = string | number | bigint | Uint8Array | null;

/** One connection to a SQLite file. Everything is synchronous: it has happened when the call returns. */
export interface Sqlite {
  /** A statement, prepared once for as long as it is in use. Name its columns: `*` keeps those of the first time. */
  prepare(sql: string): SqliteStatement;
  /** Runs any number of statements that have no values and whose rows nobody reads. */
  exec(script: string): void;
  /** False too when SQLite has rolled back by itself, as it does on a full disk. */
  inTransaction(): boolean;
  close(): void;
}

export interface SqliteStatement {
  /** Of the rows that it returns, with the type that the table declares; none for a statement without rows. */
  readonly columns: readonly { readonly name: string; readonly type: string | null }[];
  /** Runs it and reads its rows, each in the order of `columns`. */
  all(args: readonly SqliteValue[]): SqliteValue[][];
  /** Runs it and returns how many rows it changed. */
  run(args: readonly SqliteValue[]): number;
}

interface OpenOptions {
  /** How long to wait for a lock, in milliseconds: synchronously, so the process does nothing else. */
  readonly timeout: number;
  readonly readonly?: boolean;
}

/** A refusal of SQLite; `code` is its own name for it, such as `SQLITE_BUSY` or `SQLITE_CONSTRAINT_UNIQUE`. */
export class SqliteError extends Error {
  override readonly name = 'SqliteError';
  readonly code: string;

  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * Opens a SQLite file, or makes it, with the driver of this Node: its own where that one keeps text whole, so that
 * nothing is compiled, and `better-sqlite3` elsewhere.
 *
 * @throws SqliteError
 */
export function openSqlite(file: string, options: OpenOptions): Sqlite {
  const driver = namingRefusals(() =>
    nodeSqlite ? openNodeSqlite(nodeSqlite, file, options) : openBetterSqlite3(file, options),
  );
  const kept = new Map<string, SqliteStatement>();
  return {
    prepare: (sql) => {
      const statement = kept.get(sql) ?? withNamedRefusals(namingRefusals(() => driver.prepare(sql)));
      keepLatest(kept, sql, statement);
      return statement;
    },
    exec: (script) => namingRefusals(() => driver.exec(script)),
    inTransaction: driver.inTransaction,
    close: driver.close,
  };
}

const maxKept = 200;

/** A statement costs more to prepare than to run, so those that were used last are kept. */
function keepLatest(kept: Map<string, SqliteStatement>, sql: string, statement: SqliteStatement): void {
  kept.delete(sql);
  kept.set(sql, statement);
  if (kept.size <= maxKept) return;
  const [oldest] = kept.keys();
  if (oldest !== undefined) kept.delete(oldest);
}

function withNamedRefusals({ columns, all, run }: SqliteStatement): SqliteStatement {
  return {
    columns,
    all: (args) => namingRefusals(() => all(args)),
    run: (args) => namingRefusals(() => run(args)),
  };
}

function openBetterSqlite3(file: string, options: OpenOptions): Sqlite {
  const db = new (loadBetterSqlite3())(file, options);
  db.defaultSafeIntegers(true);
  return {
    prepare: (sql) => {
      const statement = db.prepare<SqliteValue[], SqliteValue[]>(sql);
      const run = (args: readonly SqliteValue[]) => statement.run(...args).changes;
      if (statement.reader) {
        statement.raw(true);
        return { columns: statement.columns(), all: (args) => statement.all(...args), run };
      }
      const runWithoutRows = (args: readonly SqliteValue[]) => {
        statement.run(...args);
        return [];
      };
      return { columns: [], all: runWithoutRows, run };
    },
    exec: (script) => void db.exec(script),
    inTransaction: () => db.inTransaction,
    close: () => void db.close(),
  };
}

/** An optional dependency: npm leaves it out where it cannot be compiled. */
function loadBetterSqlite3(): typeof BetterSqlite3 {
  const require = createRequire(import.meta.url);
  try {
    return require(/* turbopackIgnore: true */ 'better-sqlite3');
  } catch (cause) {
    throw new Error('the SQLite driver better-sqlite3 does not load (Node 24.16 or newer needs none)', {
      cause,
    });
  }
}

/** What is used of `node:sqlite`, which the types of Node 20 do not have. */
interface NodeSqlite {
  readonly DatabaseSync: new (
    file: string,
    options: { readonly timeout: number; readonly readOnly: boolean },
  ) => {
    prepare(sql: string): {
      columns(): { readonly name: string; readonly type: string | null }[];
      all(...args: readonly SqliteValue[]): SqliteValue[][];
      run(...args: readonly SqliteValue[]): { readonly changes: number | bigint };
      setReturnArrays(enabled: boolean): void;
      setReadBigInts(enabled: boolean): void;
    };
    exec(script: string): void;
    close(): void;
    readonly isOpen: boolean;
    readonly isTransaction: boolean;
  };
}

function openNodeSqlite(
  { DatabaseSync }: NodeSqlite,
  file: string,
  { timeout, readonly = false }: OpenOptions,
): Sqlite {
  const db = new DatabaseSync(file, { timeout, readOnly: readonly });
  return {
    prepare: (sql) => {
      const statement = db.prepare(sql);
      statement.setReturnArrays(true);
      statement.setReadBigInts(true);
      return {
        columns: statement.columns(),
        all: (args) => statement.all(...args),
        run: (args) => Number(statement.run(...args).changes),
      };
    },
    exec: (script) => db.exec(script),
    inTransaction: () => db.isOpen && db.isTransaction,
    close: () => db.close(),
  };
}

const nodeSqlite = findNodeSqlite();

/** Before 24.16, `node:sqlite` cuts a text at its first NUL. */
function findNodeSqlite(): NodeSqlite | undefined {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 24 || (major === 24 && minor < 16)) return undefined;
  const sqlite = process.getBuiltinModule('node:sqlite') as NodeSqlite | undefined;
  if (!sqlite) return undefined;
  const memory = openNodeSqlite(sqlite, ':memory:', { timeout: 0 });
  const [[text] = []] = memory.prepare('SELECT ?').all(['a\0b']);
  memory.close();
  return text === 'a\0b' ? sqlite : undefined;
}

function namingRefusals<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Error ? withCode(error) : error;
  }
}

/** `better-sqlite3` gives the name of a refusal, Node its extended number (https://www.sqlite.org/rescode.html). */
function withCode(error: Error): Error {
  const { code, errcode } = error as Error & { code?: unknown; errcode?: unknown };
  if (typeof errcode === 'number') {
    const name = codeNames[errcode] ?? codeNames[errcode & 255] ?? `SQLITE_${errcode}`;
    return new SqliteError(name, error.message, error);
  }
  const isOurs = typeof code === 'string' && code.includes('SQLITE_');
  return isOurs ? new SqliteError(code, error.message, error) : error;
}

const codeNames: Readonly<Record<number, string>> = {
  1: 'SQLITE_ERROR',
  5: 'SQLITE_BUSY',
  6: 'SQLITE_LOCKED',
  8: 'SQLITE_READONLY',
  10: 'SQLITE_IOERR',
  11: 'SQLITE_CORRUPT',
  13: 'SQLITE_FULL',
  14: 'SQLITE_CANTOPEN',
  19: 'SQLITE_CONSTRAINT',
  26: 'SQLITE_NOTADB',
  787: 'SQLITE_CONSTRAINT_FOREIGNKEY',
  1299: 'SQLITE_CONSTRAINT_NOTNULL',
  1555: 'SQLITE_CONSTRAINT_PRIMARYKEY',
  1811: 'SQLITE_CONSTRAINT_TRIGGER',
  2067: 'SQLITE_CONSTRAINT_UNIQUE',
};
