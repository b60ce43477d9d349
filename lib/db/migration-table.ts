import { randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { MigrationFile } from './migration-files.ts';

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
export function readApplied(db: Database): AppliedMigration[] {
  const table = db.prepare(
    `SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_prisma_migrations'`,
  );
  if (table.get() === undefined) return [];
  return db
    .prepare<[], { name: string; checksum: string; finished: number }>(
      `SELECT "migration_name" AS name, "checksum" AS checksum, "finished_at" IS NOT NULL AS finished
         FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL ORDER BY "migration_name"`,
    )
    .all()
    .map((row) => ({ ...row, finished: row.finished === 1 }));
}

/** Records a migration as finished, inside the transaction that applied it. Times are in milliseconds, as Prisma's. */
export function recordApplied(db: Database, file: MigrationFile, startedAt: number): void {
  db.exec(CREATE_TABLE);
  db.prepare(
    `INSERT INTO "_prisma_migrations"
       ("id", "checksum", "finished_at", "migration_name", "started_at", "applied_steps_count")
     VALUES (?, ?, ?, ?, ?, 1)`,
  ).run(randomUUID(), file.checksum, Date.now(), file.name, startedAt);
}
