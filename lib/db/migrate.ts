import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rewriteFile } from './erasure.ts';
import { makeFolder, makePrivateFile } from './private-files.ts';
import { openSqlite, type Sqlite } from './sqlite.ts';

/** How long to wait, in milliseconds, for another process that is migrating the same file. */
const BUSY_TIMEOUT = 30_000;

/**
 * Applies the pending migrations of `<migrationsDir>/<name>/migration.sql` to a SQLite file, oldest first, each in
 * a transaction of its own, and returns the names of those it applied. Makes the file and its folder when missing.
 * Safe when several processes start at once: one applies, the others find nothing left to do.
 *
 * @throws {MigrationError} and leaves the database as the last good migration left it
 */
export function migrate(file: string, migrationsDir: string): string[] {
  const files = readMigrationFiles(migrationsDir);
  return withDatabase(file, { create: true }, (db) => {
    // A rebuilt table leaves a dropped one, whose rows must not stay in the file.
    db.exec('PRAGMA secure_delete = ON');
    const applied = applyPending(db, files);
    // No need to wait for whoever else is using it.
    db.exec('PRAGMA busy_timeout = 500');
    rewriteFile(db);
    return applied;
  });
}

function applyPending(db: Sqlite, files: MigrationFile[]): string[] {
  const applied: string[] = [];
  if (pendingOf(files, readApplied(db)).length === 0) return applied;
  // SQLite migrations rebuild tables; with foreign keys on, dropping the old one would cascade into others.
  db.exec('PRAGMA foreign_keys = OFF');
  for (;;) {
    const name = applyNext(db, files);
    if (name === undefined) return applied;
    applied.push(name);
  }
}

/**
 * Names of the migrations that `migrate` would apply; changes nothing.
 *
 * @throws {MigrationError} where `migrate` would refuse
 */
export function pendingMigrations(file: string, migrationsDir: string): string[] {
  const files = readMigrationFiles(migrationsDir);
  if (!existsSync(file)) return files.map(({ name }) => name);
  return withDatabase(file, { create: false }, (db) =>
    pendingOf(files, readApplied(db)).map(({ name }) => name),
  );
}

/** What is read decides what is written, so the reading happens under the write lock too. */
function applyNext(db: Sqlite, files: MigrationFile[]): string | undefined {
  db.exec('BEGIN IMMEDIATE');
  try {
    const [next] = pendingOf(files, readApplied(db));
    if (next !== undefined) apply(db, next);
    db.exec('COMMIT');
    return next?.name;
  } catch (error) {
    if (db.inTransaction()) db.exec('ROLLBACK');
    throw error;
  }
}

function apply(db: Sqlite, file: MigrationFile): void {
  const failed = (reason: string, cause?: unknown) =>
    new MigrationError('failed', `Migration ${file.name} failed and was undone: ${reason}.`, {
      migration: file.name,
      cause,
    });
  if (endsTransaction(file)) throw failed('it may not end the transaction that it runs in');
  const startedAt = Date.now();
  try {
    db.exec(file.sql);
    recordApplied(db, file, startedAt);
  } catch (cause) {
    throw failed(cause instanceof Error ? cause.message : String(cause), cause);
  }
  const orphans = db.prepare('PRAGMA foreign_key_check').all([]);
  if (orphans.length > 0) throw failed('it leaves rows that refer to nothing');
}

/** The files that are not applied yet. */
export function pendingOf(files: MigrationFile[], applied: AppliedMigration[]): MigrationFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const { name, checksum, finished } of applied) {
    const file = byName.get(name);
    if (!finished) {
      throw new MigrationError('unfinished', `Migration ${name} was started and never finished.`, {
        migration: name,
      });
    }
    if (file === undefined) {
      const message = `The database is newer than this version of the app: it has migration ${name}.`;
      throw new MigrationError('newer_database', message, { migration: name });
    }
    if (!hasChecksum(file, checksum)) {
      const message = `Migration ${name} was edited after it was applied.`;
      throw new MigrationError('checksum_changed', message, { migration: name });
    }
    byName.delete(name);
  }
  return [...byName.values()];
}

/** Whether a migration would leave what it did for good, however it ends. */
export function endsTransaction({ sql }: MigrationFile): boolean {
  return /^\s*(commit|rollback|end\s+transaction)\b/im.test(sql);
}

function withDatabase<T>(file: string, { create }: { create: boolean }, use: (db: Sqlite) => T): T {
  let db: Sqlite | undefined;
  try {
    if (create) {
      makeFolder(dirname(file));
      makePrivateFile(file);
    }
    db = openSqlite(file, { timeout: BUSY_TIMEOUT, readonly: !create });
    return use(db);
  } catch (cause) {
    if (cause instanceof MigrationError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError('unreadable', `The database ${file} cannot be used: ${reason}.`, { cause });
  } finally {
    db?.close();
  }
}

/** Why a database could not be brought up to date. */
export type MigrationErrorCode =
  /** An applied migration was edited afterwards. */
  | 'checksum_changed'
  /** A migration was started, by another tool, and never finished. */
  | 'unfinished'
  /** The database has migrations that this version of the code does not know. */
  | 'newer_database'
  /** The SQL of a migration did not run; nothing of it was kept. */
  | 'failed'
  /** The migrations folder or the database file cannot be read. */
  | 'unreadable';

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: MigrationErrorCode;
  /** Name of the migration that is in the way, when it is one. */
  readonly migration: string | undefined;

  constructor(
    code: MigrationErrorCode,
    message: string,
    details: { readonly migration?: string; readonly cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.migration = details.migration;
  }
}

export type MigrationFile = { name: string; sql: string; checksum: string };

/** Reads `<dir>/<name>/migration.sql`, oldest first: the names begin with a timestamp. */
export function readMigrationFiles(dir: string): MigrationFile[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(dir, entry.name, 'migration.sql')))
      .map((entry) => entry.name)
      .sort()
      .map((name) => {
        const sql = readFileSync(join(dir, name, 'migration.sql'), 'utf8');
        return { name, sql, checksum: checksumOf(sql) };
      });
  } catch (cause) {
    throw new MigrationError('unreadable', `The migrations in ${dir} cannot be read.`, { cause });
  }
}

/** True when `checksum` is that of this file, whatever line endings a checkout gave it. */
export function hasChecksum(file: MigrationFile, checksum: string): boolean {
  if (file.checksum === checksum) return true;
  const unix = file.sql.replaceAll('\r\n', '\n');
  return checksumOf(unix) === checksum || checksumOf(unix.replaceAll('\n', '\r\n')) === checksum;
}

function checksumOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}

export type AppliedMigration = { name: string; checksum: string; finished: boolean };

/** The table as Prisma's own `migrate deploy` makes it, so that either can go on where the other stopped. */
const CREATE_TABLE = `
CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id"                    TEXT PRIMARY KEY NOT NULL,
    "checksum"              TEXT NOT NULL,
    "finished_at"           DATETIME,
    "migration_name"        TEXT NOT NULL,
    "logs"                  TEXT,
    "rolled_back_at"        DATETIME,
    "started_at"            DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count"   INTEGER UNSIGNED NOT NULL DEFAULT 0
)`;

/** What was applied, oldest first; migrations that an operator marked as rolled back do not count. */
export function readApplied(db: Sqlite): AppliedMigration[] {
  const table = db.prepare(
    `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'`,
  );
  if (table.all([]).length === 0) return [];
  return db
    .prepare(
      `SELECT "migration_name", "checksum", "finished_at" IS NOT NULL
         FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL ORDER BY "migration_name"`,
    )
    .all([])
    .map(([name, checksum, finished]) => ({
      name: String(name),
      checksum: String(checksum),
      finished: finished === 1n,
    }));
}

/** Records a migration as finished, inside the transaction that applied it. Times are in milliseconds, as Prisma's. */
export function recordApplied(db: Sqlite, file: MigrationFile, startedAt: number): void {
  db.exec(CREATE_TABLE);
  db.prepare(
    `INSERT INTO "_prisma_migrations"
       ("id", "checksum", "finished_at", "migration_name", "started_at", "applied_steps_count")
     VALUES (?, ?, ?, ?, ?, 1)`,
  ).run([randomUUID(), file.checksum, Date.now(), file.name, startedAt]);
}
