import { assertWritable, databaseFile } from '../db/client';
import { isPostgresql } from '../db/database-url';
import { DatabaseError } from '../db/errors';
import { migrate } from '../db/migrate';
import { isPrivate } from '../db/private-files';
import { forgetErased, startBackgroundWork } from './background';
import { publishOrigin, warningAtStart } from './env';
import { logEvent } from './log';
import { startMetrics } from './metrics';
import { configuration } from './service';
import { wiring } from './wiring';

/**
 * Makes this process ready to serve, or ends it: environment, `kakao-login.config.ts`, the database and its migrations,
 * promised database modes; then the background work begins. What is wrong goes to stderr in one message; the exit status
 * is 1. What is set in vain is named there in one line.
 */
export async function boot(): Promise<void> {
  try {
    const { env } = configuration();
    const { databaseUrl } = env;
    publishOrigin();
    const warning = warningAtStart();
    if (warning) process.stderr.write(`${warning}\n`);
    if (isPostgresql(databaseUrl)) await assertMigrated(databaseUrl);
    else migrateFile(databaseUrl);
    const deps = await wiring();
    process.once('exit', () => forgetErased(deps));
    startMetrics(env);
    startBackgroundWork(deps);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** A file belongs to this process, which brings it up to date. */
function migrateFile(url: string): void {
  assertWritable(url);
  const applied = migrate(databaseFile(url), 'prisma/migrations');
  if (applied.length > 0) logEvent('info', 'database.migrated', { count: applied.length });
  if (!isPrivate(databaseFile(url))) logEvent('warn', 'database.readable_by_others');
}

/** Other processes may be using the database, so whoever deploys decides when it changes. */
async function assertMigrated(url: string): Promise<void> {
  const { pendingOnPostgresql } = await import('../db/migrate-postgresql');
  const pending = await pendingOnPostgresql(url, 'prisma/postgresql/migrations');
  if (pending.length > 0)
    throw new DatabaseError('unusable', 'The database is behind: run `npm run db:deploy` first.');
}
