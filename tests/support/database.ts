import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Database, openDatabase } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';

const migrationsDir = join(import.meta.dirname, '../../prisma/migrations');

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
