import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import { makeFolder } from './make-folder.ts';
import { MigrationError } from './migration-error.ts';
import { hasChecksum, type MigrationFile, readMigrationFiles } from './migration-files.ts';
import { type AppliedMigration, readApplied, recordApplied } from './migration-table.ts';

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
    const applied: string[] = [];
    if (pending(files, readApplied(db)).length === 0) return applied;
    // SQLite migrations rebuild tables; with foreign keys on, dropping the old one would cascade into others.
    db.pragma('foreign_keys = OFF');
    for (;;) {
      const name = applyNext(db, files);
      if (name === undefined) return applied;
      applied.push(name);
    }
  });
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
    pending(files, readApplied(db)).map(({ name }) => name),
  );
}

/** What is read decides what is written, so the reading happens under the write lock too. */
function applyNext(db: Database.Database, files: MigrationFile[]): string | undefined {
  db.exec('BEGIN IMMEDIATE');
  try {
    const [next] = pending(files, readApplied(db));
    if (next !== undefined) apply(db, next);
    db.exec('COMMIT');
    return next?.name;
  } catch (error) {
    if (db.inTransaction) db.exec('ROLLBACK');
    throw error;
  }
}

function apply(db: Database.Database, file: MigrationFile): void {
  const failed = (reason: string, cause?: unknown) =>
    new MigrationError(
      'failed',
      `Migration ${file.name} failed and was undone: ${reason}.`,
      file.name,
      cause,
    );
  if (/^\s*(commit|rollback|end\s+transaction)\b/im.test(file.sql)) {
    throw failed('it may not end the transaction that it runs in');
  }
  const startedAt = Date.now();
  try {
    db.exec(file.sql);
    recordApplied(db, file, startedAt);
  } catch (cause) {
    throw failed(cause instanceof Error ? cause.message : String(cause), cause);
  }
  const orphans = db.pragma('foreign_key_check');
  if (Array.isArray(orphans) && orphans.length > 0) throw failed('it leaves rows that refer to nothing');
}

function pending(files: MigrationFile[], applied: AppliedMigration[]): MigrationFile[] {
  const byName = new Map(files.map((file) => [file.name, file]));
  for (const { name, checksum, finished } of applied) {
    const file = byName.get(name);
    if (!finished) {
      throw new MigrationError('unfinished', `Migration ${name} was started and never finished.`, name);
    }
    if (file === undefined) {
      const message = `The database is newer than this version of the app: it has migration ${name}.`;
      throw new MigrationError('newer_database', message, name);
    }
    if (!hasChecksum(file, checksum)) {
      throw new MigrationError(
        'checksum_changed',
        `Migration ${name} was edited after it was applied.`,
        name,
      );
    }
    byName.delete(name);
  }
  return [...byName.values()];
}

function withDatabase<T>(
  file: string,
  { create }: { create: boolean },
  use: (db: Database.Database) => T,
): T {
  let db: Database.Database | undefined;
  try {
    if (create) makeFolder(dirname(file));
    db = new Database(file, { timeout: BUSY_TIMEOUT, readonly: !create });
    return use(db);
  } catch (cause) {
    if (cause instanceof MigrationError) throw cause;
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new MigrationError(
      'unreadable',
      `The database ${file} cannot be used: ${reason}.`,
      undefined,
      cause,
    );
  } finally {
    db?.close();
  }
}
