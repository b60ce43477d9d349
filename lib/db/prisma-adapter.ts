import {
  type ArgType,
  type ColumnType,
  ColumnTypeEnum,
  DriverAdapterError,
  type MappedError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlQuery,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import { type GroupCommit, groupCommits } from './group-commit';
import { openSqlite, type Sqlite, SqliteError, type SqliteStatement, type SqliteValue } from './sqlite';

const info = { provider: 'sqlite', adapterName: 'kakao-login-sqlite' } as const;

/** For Prisma's schema engine, which opens a file by itself, and others in memory. */
export function prismaAdapterOf(file: string): SqlMigrationAwareDriverAdapterFactory {
  const connect = async (path: string) => {
    const connection = openSqlite(path, { timeout: 5_000 });
    return prismaAdapter(connection, groupCommits(connection));
  };
  return { ...info, connect: () => connect(file), connectToShadowDb: () => connect(':memory:') };
}

/**
 * Prisma's way to a connection: writes go through the group commit. What it stores, reads and refuses is, value by
 * value, what `@prisma/adapter-better-sqlite3` 7.10 does, so that either can open the database of the other.
 */
export function prismaAdapter(connection: Sqlite, commit: GroupCommit): SqlDriverAdapter {
  return {
    ...info,
    queryRaw: (query) => {
      const run = () => resultOf(connection.prepare(query.sql), storedArgs(query));
      return refuseAsPrisma(() => (isWrite(query.sql) ? commit(run) : run()));
    },
    executeRaw: (query) =>
      refuseAsPrisma(() => commit(() => connection.prepare(query.sql).run(storedArgs(query)))),
    executeScript: (script) => refuseAsPrisma(() => connection.exec(script)),
    startTransaction: () =>
      Promise.reject(new Error('there are no transactions on SQLite: one statement a write')),
    dispose: async () => connection.close(),
  };
}

function isWrite(sql: string): boolean {
  return /^\s*(insert|update|delete|replace)\b/i.test(sql);
}

function resultOf(statement: SqliteStatement, args: readonly SqliteValue[]): SqlResultSet {
  const rows = statement.all(args);
  const columnNames = statement.columns.map(({ name }) => name);
  const columnTypes = statement.columns.map(
    ({ type }, index) =>
      declaredTypes[type?.toUpperCase() ?? ''] ??
      typeOfValue(rows.find((row) => row[index] !== null)?.[index]),
  );
  return {
    columnNames,
    columnTypes,
    rows: rows.map((row) => row.map((value, index) => readValue(value, columnTypes[index]))),
  };
}

const { Int32, Int64, Float, Double, Numeric, Text, DateTime } = ColumnTypeEnum;
const declaredTypes: Readonly<Record<string, ColumnType>> = {
  ...{
    TINYINT: Int32,
    SMALLINT: Int32,
    MEDIUMINT: Int32,
    INT: Int32,
    INTEGER: Int32,
    SERIAL: Int32,
    INT2: Int32,
  },
  ...{ BIGINT: Int64, 'UNSIGNED BIG INT': Int64, INT8: Int64 },
  ...{
    FLOAT: Float,
    DOUBLE: Double,
    'DOUBLE PRECISION': Double,
    NUMERIC: Double,
    REAL: Double,
    DECIMAL: Numeric,
  },
  ...{ TEXT: Text, CLOB: Text, CHARACTER: Text, VARCHAR: Text, 'VARYING CHARACTER': Text, NCHAR: Text },
  ...{ 'NATIVE CHARACTER': Text, NVARCHAR: Text },
  ...{ DATETIME: DateTime, TIMESTAMP: DateTime, DATE: ColumnTypeEnum.Date, TIME: ColumnTypeEnum.Time },
  ...{ BOOLEAN: ColumnTypeEnum.Boolean, BLOB: ColumnTypeEnum.Bytes, JSONB: ColumnTypeEnum.Json },
};

/** Of a column that no table declares, such as a count. */
function typeOfValue(value: SqliteValue | undefined): ColumnType {
  if (typeof value === 'string') return Text;
  if (typeof value === 'bigint') return Int64;
  if (typeof value === 'number') return ColumnTypeEnum.UnknownNumber;
  return value ? ColumnTypeEnum.Bytes : Int32;
}

function readValue(value: SqliteValue, type: ColumnType | undefined): unknown {
  if (typeof value !== 'number' && typeof value !== 'bigint') return value;
  if (type === DateTime) return new Date(Number(value)).toISOString();
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : `${value}`;
  return type === Int32 || type === Int64 ? Math.trunc(value) : value;
}

function storedArgs({ args, argTypes }: SqlQuery): SqliteValue[] {
  return args.map((arg, index) => storedValue(arg, argTypes[index]?.scalarType));
}

function storedValue(arg: unknown, type: ArgType['scalarType'] | undefined): SqliteValue {
  if (typeof arg === 'boolean') return arg ? 1 : 0;
  if (arg instanceof Date) return storedDate(arg);
  if (typeof arg !== 'string') return arg as SqliteValue;
  switch (type) {
    case 'int':
      return Number.parseInt(arg, 10);
    case 'float':
    case 'decimal':
      return Number.parseFloat(arg);
    case 'bigint':
      return BigInt(arg);
    case 'datetime':
      return storedDate(new Date(arg));
    case 'bytes':
      return Buffer.from(arg, 'base64');
    default:
      return arg;
  }
}

/** A time as Prisma keeps it in SQLite: text, in UTC, to the millisecond, which sorts as it happened. */
export function storedDate(date: Date): string {
  return date.toISOString().replace('Z', '+00:00');
}

async function refuseAsPrisma<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SqliteError)) throw error;
    const { code: originalCode, message: originalMessage } = error;
    throw new DriverAdapterError({ originalCode, originalMessage, ...kindOf(error) });
  }
}

function kindOf({ code, message }: SqliteError): MappedError {
  const [, after = ''] = message.split(/constraint failed: |no such \w+: |has no column named /);
  const fields = after.split(', ').map((name) => name.split('.').pop() ?? name);
  switch (code) {
    case 'SQLITE_CONSTRAINT_UNIQUE':
    case 'SQLITE_CONSTRAINT_PRIMARYKEY':
      return { kind: 'UniqueConstraintViolation', constraint: { fields } };
    case 'SQLITE_CONSTRAINT_NOTNULL':
      return { kind: 'NullConstraintViolation', constraint: { fields } };
    case 'SQLITE_CONSTRAINT_FOREIGNKEY':
    case 'SQLITE_CONSTRAINT_TRIGGER':
      return { kind: 'ForeignKeyConstraintViolation', constraint: { foreignKey: {} } };
  }
  if (code.startsWith('SQLITE_BUSY')) return { kind: 'SocketTimeout' };
  if (message.startsWith('no such table')) return { kind: 'TableDoesNotExist', table: after };
  if (/^no such column|has no column named /.test(message)) return { kind: 'ColumnNotFound', column: after };
  return { kind: 'sqlite', extendedCode: 1, message };
}
