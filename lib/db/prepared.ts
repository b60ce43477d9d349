import type { GroupCommit } from './group-commit';
import { storedDate } from './prisma-adapter';
import type { Sqlite, SqliteValue } from './sqlite';

export type Value = string | number | Date | null;

/** One SQL statement with its values, made by `sql`. */
export interface Statement {
  readonly text: TemplateStringsArray;
  readonly values: readonly Value[];
  readonly ends?: true;
  readonly locks?: true;
}

/** SQL with its values in their places: sql`SELECT "id" FROM "User" WHERE "kakaoId" = ${kakaoId}`. */
export function sql(text: TemplateStringsArray, ...values: Value[]): Statement {
  return { text, values };
}

/** A read that ends a write: when it finds a row, what comes after it in the list is not run. */
export function unless(read: Statement): Statement {
  return { ...read, ends: true };
}

/**
 * A read of rows that stay as they are until the write is done, where other writes may come in between: it is run on
 * PostgreSQL alone, and has no place in the answer. Lock what decides a write and is written without `lockPerson`.
 */
export function lock(read: Statement): Statement {
  return { ...read, locks: true };
}

/**
 * Statements of the hot paths, which go around Prisma's runtime: that costs ten times as much as the statement.
 * Rows are objects by column name, a `DATETIME` column as a `Date`; their type is the caller's word. Name the columns.
 */
export interface PreparedStatements {
  /** The first row of a read. */
  first<Row>(statement: Statement): Promise<Row | null>;
  /**
   * Runs writes as one, all of them or none, and returns the rows of each that was run: those of its RETURNING. On
   * SQLite they join the group commit and nothing comes in between; on PostgreSQL they are a transaction, in which
   * nothing comes in between that locks the same ({@link lock}, `lockPerson`). So what {@link unless} finds stays true
   * until the writes after it are done.
   *
   * @throws DatabaseError
   */
  write<Row>(statements: readonly Statement[]): Promise<Row[][]>;
}

/** The prepared statements of a SQLite connection; their writes join the group commit. */
export function preparedStatements(connection: Sqlite, commit: GroupCommit): PreparedStatements {
  const run = <Row>(statement: Statement) => rowsOf<Row>(connection, statement);
  return {
    first: async <Row>(statement: Statement) => run<Row>(statement)[0] ?? null,
    write: <Row>(statements: readonly Statement[]) =>
      commit(() => allOrNothing(connection, () => runInOrder(statements, run<Row>))),
  };
}

function runInOrder<Row>(statements: readonly Statement[], run: (statement: Statement) => Row[]): Row[][] {
  const answers: Row[][] = [];
  for (const statement of statements) {
    if (statement.locks) continue;
    const rows = run(statement);
    answers.push(rows);
    if (statement.ends && rows.length > 0) break;
  }
  return answers;
}

/** The transaction belongs to everybody whose writes are in it, so only what this one did is undone. */
function allOrNothing<T>(connection: Sqlite, work: () => T): T {
  connection.prepare('SAVEPOINT "write"').run([]);
  try {
    return work();
  } catch (error) {
    if (connection.inTransaction()) connection.prepare('ROLLBACK TO "write"').run([]);
    throw error;
  } finally {
    if (connection.inTransaction()) connection.prepare('RELEASE "write"').run([]);
  }
}

function rowsOf<Row>(connection: Sqlite, { text, values }: Statement): Row[] {
  const statement = connection.prepare(textOf(text));
  const rows = statement.all(values.map((value) => (value instanceof Date ? storedDate(value) : value)));
  return rows.map((row) => {
    const named: Record<string, unknown> = {};
    for (const [index, { name, type }] of statement.columns.entries()) {
      named[name] = readValue(row[index] ?? null, type);
    }
    return named as Row;
  });
}

function readValue(value: SqliteValue, type: string | null): unknown {
  if (typeof value === 'string' && type === 'DATETIME') return new Date(value);
  return typeof value === 'bigint' ? Number(value) : value;
}

const texts = new WeakMap<TemplateStringsArray, string>();

function textOf(parts: TemplateStringsArray): string {
  const known = texts.get(parts);
  if (known !== undefined) return known;
  const text = parts.join('?');
  texts.set(parts, text);
  return text;
}
