// npm run db:deploy: applies the pending migrations to the database in DATABASE_URL.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exitWith, PlainError, ROOT } from './run/command.mjs';
import { readEnv } from './run/environment.mjs';

const ADVICE = {
  checksum_changed: 'Put the migration back as it was and write another one.',
  unfinished:
    'Restore the database from a copy, or mark the row in _prisma_migrations as rolled back, then try again.',
  newer_database:
    'Deploy the version that the database belongs to, or restore an older copy of the database.',
  failed: 'The database is as it was before; correct the cause, then try again.',
  unreadable: 'Check that DATABASE_URL is right, and that what it names is there and may be written.',
};

async function main() {
  if (!existsSync(join(ROOT, 'node_modules', 'tsx'))) throw new PlainError('Run `npm run setup` first.');
  const env = await readEnv({ dev: process.env.NODE_ENV !== 'production' });
  const { migrationsOf } = await import('./run/database.mjs');
  const applied = await apply(await migrationsOf(env.DATABASE_URL));
  for (const name of applied) console.log(`Applied migration ${name}.`);
  if (applied.length === 0 && !process.argv.includes('--quiet')) console.log('The database is up to date.');
}

async function apply(migrations) {
  try {
    return await migrations.apply();
  } catch (error) {
    const advice = ADVICE[error.code];
    throw advice === undefined ? error : new PlainError(`${error.message} ${advice}`, { cause: error });
  }
}

main().catch(exitWith);
