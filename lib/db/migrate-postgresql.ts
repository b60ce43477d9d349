import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { createLocks, findLocks, lockMigrations } from './locks.ts';
import {
  type AppliedMigration,
  endsTransaction,
  MigrationError,
  type MigrationFile,
  pendingOf,
  readMigrationFiles,
} from './migrate.ts';

/**
 * Applies the pending migrations of `<migrationsDir>/<name>/migration.sql` to a PostgreSQL database, oldest first, each in
 * a transaction of its own, and returns the names of those it applied. Of several at once one applies, the others wait
 * and find nothing left to do: a row is locked, which a pooler between does not disturb.
 *
 * @throws {MigrationError} and leaves the database as the last good migration left it
 */
export async function migratePostgresql(url: string, migrationsDir: string): Promise<string[]> {
  const files = readMigrationFiles(migrationsDir);
  return withConnection(url, async (client) => {
    await makeLocks(client);
    const applied: string[] = [];
    for (;;) {
      const name = await applyNext(client, files);
      if (name === undefined) return applied;
      applied.push(name);
    }
  });
}

/**
 * Names of the migrations that `migratePostgresql` would apply; changes nothing.
 *
 * @throws {MigrationError} where `migratePostgresql` would refuse
 */
export async function pendingOnPostgresql(url: string, migrationsDir: string): Promise<string[]> {
  const files = readMigrationFiles(migrationsDir);
  return withConnection(url, async (client) =>
    pendingOf(files, await readApplied(client)).map(({ name }) => name),
  );
}

/** What is read decides what is written, so the reading happens under the lock too. */
async function applyNext(client: pg.Client, files: MigrationFile[]): Promise<string | undefined> {
  await client.query('BEGIN ISOLATION LEVEL READ COMMITTED');
  try {
    // A pooler may lend a connection that has the limits of the app.
    await client.query('SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = 0');
    await client.query(lockMigrations);
    const [next] = pendingOf(files, await readApplied(client));
    if (next !== undefined) await apply(client, next);
    await client.query('COMMIT');
    return next?.name;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function apply(client: pg.Client, file: MigrationFile): Promise<void> {
  const failed = (reason: string, cause?: unknown) =>
    new MigrationError('failed', `Migration ${file.name} failed and was undone: ${reason}.`, {
      migration: file.name,
      cause,
    });
  if (endsTransaction(file)) throw failed('it may not end the transaction that it runs in');
  const startedAt = new Date();
  try {
    await client.query(file.sql);
    await recordApplied(client, file, startedAt);
  } catch (cause) {
    throw failed(cause instanceof Error ? cause.message : String(cause), cause);
  }
}

async function withConnection<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  // What happens to the connection fails the statement that is under way.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } catch (cause) {
    if (cause instanceof MigrationError) throw cause;
    const reason = describe(cause);
    throw new MigrationError('unreadable', `The database in DATABASE_URL cannot be used: ${reason}.`, {
      cause,
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Of a name with several addresses there is an error for each, and no message. */
function describe(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(describe).join(', ');
  return cause instanceof Error ? cause.message : String(cause);
}

/** Where two make the rows at once, one of them fails. */
async function makeLocks(client: pg.Client): Promise<void> {
  const { rows } = await client.query(findLocks);
  if (rows[0]?.found) return;
  try {
    await client.query(createLocks);
  } catch (error) {
    if (!['23505', '42710', '42P07', '40001'].includes(Reflect.get(Object(error), 'code'))) throw error;
    await makeLocks(client);
  }
}

/** The table as Prisma's own `migrate deploy` makes it, so that either can go on where the other stopped. */
const CREATE_TABLE = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    VARCHAR(36) PRIMARY KEY NOT NULL,
    "checksum"              VARCHAR(64) NOT NULL,
    "finished_at"           TIMESTAMPTZ,
    "migration_name"        VARCHAR(255) NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        TIMESTAMPTZ,
    "started_at"            TIMESTAMPTZ NOT NULL DEFAULT now(),
    "applied_steps_count"   INTEGER NOT NULL DEFAULT 0
)`;

/** What was applied, oldest first; migrations that an operator marked as rolled back do not count. */
async function readApplied(client: pg.Client): Promise<AppliedMigration[]> {
  const { rows: found } = await client.query(`SELECT to_regclass('"_prisma_migrations"') AS "table"`);
  if (!found[0]?.table) return [];
  const { rows } = await client.query<AppliedMigration>(
    `SELECT "migration_name" AS "name", "checksum", "finished_at" IS NOT NULL AS "finished"
       FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL ORDER BY "migration_name"`,
  );
  return rows;
}

/** Records a migration as finished, inside the transaction that applied it. */
async function recordApplied(client: pg.Client, file: MigrationFile, startedAt: Date): Promise<void> {
  await client.query(CREATE_TABLE);
  await client.query(
    `INSERT INTO "_prisma_migrations"
       ("id", "checksum", "finished_at", "migration_name", "started_at", "applied_steps_count")
     VALUES ($1, $2, $3, $4, $5, 1)`,
    [randomUUID(), file.checksum, new Date().toISOString(), file.name, startedAt.toISOString()],
  );
}
