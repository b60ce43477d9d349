// npm run setup: everything that must be there before the app runs; does only what is missing.
import { join } from 'node:path';
import { isEntry } from './is-entry.mjs';
import { exitWith } from './plain-error.mjs';
import { ROOT } from './root.mjs';
import { migrateDatabase } from './setup/database.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { ensureEnvFile } from './setup/env-file.mjs';
import { buildLocalKakao } from './setup/local-kakao.mjs';
import { withLock } from './setup/lock.mjs';
import { checkNodeVersion } from './setup/node-version.mjs';
import { generatePrismaClient } from './setup/prisma-client.mjs';

const STEPS = {
  dependencies: installDependencies,
  env: ensureEnvFile,
  client: generatePrismaClient,
  kakao: buildLocalKakao,
  database: migrateDatabase,
};

/**
 * Runs set-up, or the named steps of it. Two at once in one folder take turns.
 *
 * @param {(keyof typeof STEPS)[]} [steps] in their order
 */
export async function setUp(steps = Object.keys(STEPS), { root = ROOT, say = console.log } = {}) {
  checkNodeVersion();
  const onWait = (pid) => say(`Waiting for another set-up of this folder (process ${pid}) …`);
  await withLock(
    join(root, 'data', '.setup.lock'),
    async () => {
      for (const step of steps) await STEPS[step](root, say);
    },
    { onWait },
  );
}

if (isEntry(import.meta.url)) {
  await setUp().catch(exitWith);
  console.log('Ready: npm run dev starts the app.');
}
