import { join } from 'node:path';
import { tsImport } from 'tsx/esm/api';
import { PlainError, ROOT } from './command.mjs';
import { sqliteFile } from './environment.mjs';

/**
 * The migrations of the database that a DATABASE_URL means: `apply` those that are pending, or name the `pending` ones.
 *
 * @param {string} [url]
 * @returns {Promise<{ apply: () => Promise<string[]>, pending: () => Promise<string[]> }>}
 */
export async function migrationsOf(url = 'file:./data/kakao-login.db') {
  const { databaseUrlProblem, isPostgresql } = await tsImport(
    '../../lib/db/database-url.ts',
    import.meta.url,
  );
  const problem = databaseUrlProblem(url);
  if (problem) throw new PlainError(`DATABASE_URL ${problem}.`);
  if (isPostgresql(url)) {
    const folder = join(ROOT, 'prisma', 'postgresql', 'migrations');
    const postgresql = await tsImport('../../lib/db/migrate-postgresql.ts', import.meta.url);
    return {
      apply: () => postgresql.migratePostgresql(url, folder),
      pending: () => postgresql.pendingOnPostgresql(url, folder),
    };
  }
  const folder = join(ROOT, 'prisma', 'migrations');
  const file = sqliteFile(url);
  const sqlite = await tsImport('../../lib/db/migrate.ts', import.meta.url);
  return {
    apply: async () => sqlite.migrate(file, folder),
    pending: async () => sqlite.pendingMigrations(file, folder),
  };
}
