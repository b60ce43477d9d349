import { PrismaPg } from '@prisma/adapter-pg';
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { DatabaseError } from './errors';
import type { PrismaClient } from './generated/client';
import { PrismaClient as PostgresqlClient } from './generated/postgresql/client';
import { retriesAfter, toPostgresqlError } from './postgresql-errors';
import type { PreparedStatements, Statement, Value } from './prepared';

/** How long to wait for a free connection or a new one, for an answer, and in a write for the locks of others, ms. */
const connectMs = 4_000;
const answerMs = 5_000;
const lockMs = 450;
/** What a pooler lends to another process of ours, or to `db:deploy`, may keep it. */
const limits = `SET lock_timeout = ${lockMs}; SET statement_timeout = ${answerMs}`;

/**
 * Opens a PostgreSQL database by a pool of connections. Nothing outlives a transaction on any of them, so that they may
 * lead to a pooler that hands out its own connections by the transaction. Connections that are lost are replaced.
 *
 * @param url `postgresql:` URL
 * @param poolSize how many connections there are at most
 * @throws DatabaseError `unusable` when it does not answer
 */
export async function openPostgresql(url: string, poolSize: number) {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: connectMs,
    query_timeout: answerMs + 500,
    pipeline: true,
    keepAlive: true,
    application_name: 'kakao-login',
    types: { getTypeParser },
  });
  // A lost connection is told to whoever asks next. Without a listener it would end the process.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    client.query(limits).catch(() => undefined);
  });
  const adapter = namingFailures(await new PrismaPg(pool).connect(), () => pool.end());
  const { provider, adapterName } = adapter;
  const prisma = new PostgresqlClient({ adapter: { provider, adapterName, connect: async () => adapter } });
  try {
    await pool.query('SELECT 1');
    await prisma.$connect();
  } catch (error) {
    await pool.end();
    throw toPostgresqlError(error);
  }
  // Both clients are made of the same models; what only SQLite's offers nobody uses.
  return { prisma: prisma as unknown as PrismaClient, prepared: preparedStatements(pool) };
}

function preparedStatements(pool: pg.Pool): PreparedStatements {
  const turns: Turns = new Map();
  return {
    first: async <Row>(statement: Statement) => {
      const [row] = await persistently({ isWrite: false }, () => rowsOf<Row>(pool, statement));
      return row ?? null;
    },
    write: <Row>(statements: readonly Statement[]) =>
      inTurn(turns, statements[0], () =>
        persistently({ isWrite: true }, () => inTransaction<Row>(pool, statements)),
      ),
  };
}

/** The last write of this process that begins with a lock, by that lock. */
type Turns = Map<string, Promise<unknown>>;

/** What begins with the same lock waits here for its turn, so that a crowd of one person holds one connection, not all. */
async function inTurn<T>(turns: Turns, first: Statement | undefined, work: () => Promise<T>): Promise<T> {
  if (!first?.locks) return work();
  const key = `${first.text[0]}${first.values}`;
  const before = turns.get(key);
  const turn = (async () => {
    // Whoever waits behind one that has found the database gone or locked would find it so too.
    await before?.catch((error) => {
      if (error instanceof DatabaseError) throw error;
    });
    return work();
  })();
  turns.set(key, turn);
  try {
    return await turn;
  } finally {
    if (turns.get(key) === turn) turns.delete(key);
  }
}

const begin = 'BEGIN ISOLATION LEVEL READ COMMITTED';

/**
 * Runs statements as a transaction. Each sees what was committed before it, so after a lock everything that was done under
 * it. They are sent together up to a read that may end them, so that locks are held for a round trip or two.
 */
async function inTransaction<Row>(pool: pg.Pool, statements: readonly Statement[]): Promise<Row[][]> {
  const client = await pool.connect();
  let isBroken = false;
  const answers: Row[][] = [];
  try {
    let sent: Promise<unknown>[] = [client.query(begin)];
    for (const statement of statements) {
      const answer = rowsOf<Row>(client, statement);
      sent.push(statement.locks ? answer : answer.then((rows) => answers.push(rows)));
      if (!statement.ends) continue;
      await Promise.all(sent);
      sent = [];
      if ((await answer).length > 0) break;
    }
    await Promise.all([...sent, client.query('COMMIT')]);
    return answers;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      isBroken = true;
    });
    throw error;
  } finally {
    client.release(isBroken);
  }
}

async function rowsOf<Row>(on: pg.Pool | pg.PoolClient, { text, values, locks }: Statement): Promise<Row[]> {
  const { rows } = await on.query(`${textOf(text)}${locks ? ' FOR UPDATE' : ''}`, values.map(boundValue));
  return rows as Row[];
}

const texts = new WeakMap<TemplateStringsArray, string>();

function textOf(parts: TemplateStringsArray): string {
  const known = texts.get(parts);
  if (known !== undefined) return known;
  const text = parts.reduce((before, part, index) => `${before}$${index}${part}`);
  texts.set(parts, text);
  return text;
}

/** Times are kept in UTC without a zone, as Prisma does. PostgreSQL has no NUL in a text. */
function boundValue(value: Value): string | number | null {
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'string' ? withoutNul(value) : value;
}

function withoutNul(text: string): string {
  return text.replaceAll('\0', '\uFFFD');
}

const { builtins } = pg.types;

/** As the rows of SQLite are read: a time as a `Date`, a count as a number. */
function getTypeParser(type: number, format?: 'text' | 'binary') {
  if (type === builtins.TIMESTAMP) return (text: string) => new Date(`${text.replace(' ', 'T')}Z`);
  if (type === builtins.INT8) return Number;
  return pg.types.getTypeParser(type, format);
}

/** Prisma's adapter, with every refusal that is about the whole database as a `DatabaseError`, and without transactions. */
function namingFailures(adapter: SqlDriverAdapter, close: () => Promise<void>): SqlDriverAdapter {
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    getConnectionInfo: () => adapter.getConnectionInfo?.() ?? { supportsRelationJoins: false },
    queryRaw: (query) =>
      persistently({ isWrite: false }, () =>
        adapter.queryRaw({ ...query, args: query.args.map(storableArg) }),
      ),
    executeRaw: (query) =>
      persistently({ isWrite: false }, () =>
        adapter.executeRaw({ ...query, args: query.args.map(storableArg) }),
      ),
    executeScript: (script) => persistently({ isWrite: false }, () => adapter.executeScript(script)),
    startTransaction: () =>
      Promise.reject(new Error('there are no transactions of Prisma: use db.prepared.write')),
    dispose: close,
  };
}

function storableArg(arg: unknown): unknown {
  return typeof arg === 'string' ? withoutNul(arg) : arg;
}

/** Does again what lost a race against another transaction: nothing of it was kept. */
async function persistently<T>(kind: { readonly isWrite: boolean }, work: () => Promise<T>): Promise<T> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await work();
    } catch (error) {
      if (retries >= retriesAfter(error, kind)) throw toPostgresqlError(error);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** retries));
    }
  }
}
