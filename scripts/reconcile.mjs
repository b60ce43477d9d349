// npm run reconcile [-- --mend] [--restart] [--force]: compares our users with Kakao's, and mends if asked to.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { exitWith, PlainError, ROOT } from './run/command.mjs';
import { readEnv, sqliteFile } from './run/environment.mjs';

const FLAGS = ['--mend', '--restart', '--force'];

async function main() {
  const args = process.argv.slice(2);
  const unknown = args.find((arg) => !FLAGS.includes(arg));
  if (unknown) throw new PlainError(`${unknown} is not known: npm run reconcile -- ${FLAGS.join(' ')}`);
  if (!existsSync(join(ROOT, 'node_modules', 'tsx'))) throw new PlainError('Run `npm run setup` first.');
  Object.assign(process.env, await readEnv({ dev: process.env.NODE_ENV !== 'production' }));
  if (!process.env.KAKAO_ADMIN_KEY) {
    throw new PlainError('KAKAO_ADMIN_KEY is not set: only the admin key may ask Kakao for its users.');
  }
  process.chdir(ROOT);
  const { tsImport } = await import('tsx/esm/api');
  const { wiring } = await tsImport('../lib/server/wiring.ts', import.meta.url);
  const { reconcile } = await tsImport('../lib/account/reconcile.ts', import.meta.url);
  const [mend, restart, force] = FLAGS.map((flag) => args.includes(flag));
  const file = progressFile(process.env.DATABASE_URL);
  const deps = await connect(wiring);
  const options = { mend, restart, force, file, say: console.log };
  process.exitCode = await reconcile(deps, options).finally(() => deps.db.$disconnect());
}

/** Beside a SQLite file; of a PostgreSQL database in the folder for data, under a name of its own. */
function progressFile(url) {
  if (!/^postgres(ql)?:/.test(url)) return `${sqliteFile(url)}.reconcile.json`;
  mkdirSync(join(ROOT, 'data'), { recursive: true });
  const name = createHash('sha256').update(url).digest('hex').slice(0, 16);
  return join(ROOT, 'data', `${name}.reconcile.json`);
}

async function connect(wiring) {
  try {
    return await wiring({ keepsKeys: true });
  } catch (error) {
    throw ['EnvError', 'DatabaseError'].includes(error.name) ? new PlainError(error.message) : error;
  }
}

// 1 is for ghosts: what kept us from looking for them is 2.
main().catch((error) => exitWith(error, 2));
