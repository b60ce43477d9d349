import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Database, openDatabase } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { openSqlite } from '@/lib/db/sqlite';

const migrationsDir = join(import.meta.dirname, '../../prisma/migrations');

/** Takes the write lock of a SQLite file, as another process does; the answer releases it. */
export function lockFile(file: string): () => void {
  const other = openSqlite(file, { timeout: 5_000 });
  other.exec('BEGIN IMMEDIATE');
  return () => {
    other.exec('ROLLBACK');
    other.close();
  };
}

/** A migrated SQLite file in a folder of its own, opened as the app opens it. */
export function withDatabase(): { db: () => Database; file: () => string } {
  let folder: string;
  let file: string;
  let db: Database;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kakao-login-'));
    file = join(folder, 'app.db');
    migrate(file, migrationsDir);
    db = await openDatabase(`file:${file}`);
  });
  afterAll(async () => {
    await db.$disconnect();
    rmSync(folder, { recursive: true, force: true });
  });
  return { db: () => db, file: () => file };
}
