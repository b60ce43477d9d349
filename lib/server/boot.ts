import { assertWritable, databaseFile } from '../db/client';
import { migrate } from '../db/migrate';
import { isPrivate } from '../db/private-files';
import { forgetErased, startBackgroundWork } from './background';
import { publishOrigin, warningAtStart } from './env';
import { logEvent } from './log';
import { startMetrics } from './metrics';
import { configuration } from './service';
import { wiring } from './wiring';

/**
 * Makes this process ready to serve, or ends it: environment, `kakao-login.config.ts`, database file, pending migrations,
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
    assertWritable(databaseUrl);
    const applied = await migrate(databaseFile(databaseUrl), 'prisma/migrations');
    if (applied.length > 0) logEvent('info', 'database.migrated', { count: applied.length });
    if (!isPrivate(databaseFile(databaseUrl))) logEvent('warn', 'database.readable_by_others');
    const deps = await wiring();
    process.once('exit', () => forgetErased(deps));
    startMetrics(env);
    startBackgroundWork(deps);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}
