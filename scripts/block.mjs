// npm run block -- KAKAO_ID, npm run unblock -- KAKAO_ID: the operator keeps somebody out, or lets them in again.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exitWith, PlainError, ROOT } from './run/command.mjs';
import { readEnv } from './run/environment.mjs';

async function main() {
  const [command, kakaoId = '', ...more] = process.argv.slice(2);
  if (!/^[1-9]\d{0,18}$/.test(kakaoId) || more.length > 0) {
    throw new PlainError(`Give one Kakao id, digits alone: npm run ${command} -- 3900000001`);
  }
  if (!existsSync(join(ROOT, 'node_modules', 'tsx'))) throw new PlainError('Run `npm run setup` first.');
  // Kakao is not asked, so its key need not be there, as it is not in development.
  const env = await readEnv({ dev: process.env.NODE_ENV !== 'production' });
  Object.assign(process.env, { KAKAO_CLIENT_ID: 'none', ...env });
  process.chdir(ROOT);
  const { tsImport } = await import('tsx/esm/api');
  const { migrationsOf } = await import('./run/database.mjs');
  const { pending } = await migrationsOf(process.env.DATABASE_URL);
  if ((await pending().catch(refuse)).length > 0) {
    throw new PlainError('The database is behind: run `npm run db:deploy` first.');
  }
  const { wiring } = await tsImport('../lib/server/wiring.ts', import.meta.url);
  const { blockPerson, unblockPerson } = await tsImport('../lib/db/refusals.ts', import.meta.url);
  const { db, refusalId } = await wiring({ keepsKeys: true }).catch(refuse);
  const change = command === 'block' ? blockPerson : unblockPerson;
  const outcome = await change(db, { kakaoId, refusalId: refusalId(kakaoId) }, new Date()).finally(() =>
    db.$disconnect(),
  );
  console.log(`${kakaoId} ${sentence(command, outcome)}`);
  if (command === 'unblock' && outcome.disabled) {
    console.log('Kakao has disabled this account: it stays out until Kakao enables it.');
  }
}

function sentence(command, { hasUser, changed }) {
  if (command === 'unblock') return changed ? 'may log in again.' : 'was not blocked.';
  if (!changed) return 'was blocked already.';
  return hasUser
    ? 'is signed out everywhere and cannot log in.'
    : 'has no account here, and cannot make one.';
}

function refuse(error) {
  const isPlain = ['EnvError', 'DatabaseError', 'MigrationError'].includes(error.name);
  throw isPlain ? new PlainError(error.message) : error;
}

main().catch(exitWith);
