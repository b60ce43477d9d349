// npm run setup: everything that must be there before the app runs; does only what is missing.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exitWith, isEntry, PlainError, ROOT } from './run/command.mjs';
import { run, toolCommand } from './run/process.mjs';
import { installDependencies } from './setup/dependencies.mjs';
import { ensureEnvFile } from './setup/env-file.mjs';
import { withLock } from './setup/lock.mjs';

const OLDEST_NODE = [20, 19];
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

/** @param {string} version such as `20.19.0` */
export function checkNodeVersion(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new PlainError(
    `This needs Node ${OLDEST_NODE.join('.')} or newer and found ${version}: install Node 24 from https://nodejs.org, then try again.`,
  );
}

/** Generates the Prisma client when the schema, its configuration or Prisma's version changed. */
async function generatePrismaClient(root, say) {
  const sources = ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/@prisma/client/package.json'];
  const result = 'lib/db/generated/client.ts';
  await whenChanged(root, { step: 'prisma-client', sources, result }, async () => {
    const env = { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
    const { code, output } = await run(...toolCommand('prisma', ['generate'], root), { cwd: root, env });
    if (code !== 0 || !existsSync(join(root, result))) {
      console.error(output.trimEnd());
      throw new PlainError(
        'The Prisma client could not be generated: correct prisma/schema.prisma as told above.',
      );
    }
    say('Generated the Prisma client.');
  });
}

/** Compiles the local Kakao, emulator/src to emulator/dist, when its source changed. */
async function buildLocalKakao(root, say) {
  const sources = [
    'emulator/src',
    'emulator/doctor',
    'emulator/build.mjs',
    'emulator/tsconfig.json',
    'emulator/package.json',
    'node_modules/typescript/package.json',
  ];
  await whenChanged(root, { step: 'local-kakao', sources, result: 'emulator/dist/main.js' }, async () => {
    const { code, output } = await run(process.execPath, ['emulator/build.mjs'], { cwd: root });
    if (code !== 0) {
      console.error(output.trimEnd());
      throw new PlainError('The local Kakao could not be compiled: correct it as told above.');
    }
    say('Built the local Kakao.');
  });
}

/** Brings the database in DATABASE_URL up to date; a process of its own, because it loads TypeScript. */
async function migrateDatabase(root, say) {
  const script = join(root, 'scripts', 'db-deploy.mjs');
  const { code, output } = await run(process.execPath, [script, '--quiet'], { cwd: root });
  if (code !== 0) throw new PlainError(output.trim());
  if (output.trim() !== '') say(output.trim());
}

/**
 * Makes a result from its sources, unless it is there and they are as they were when it was made. Their fingerprint
 * is kept in node_modules: `npm ci` removes it together with the tools that it stands for.
 *
 * @param {string} root
 * @param {{ step: string, sources: string[], result: string }} what paths from the root; folders count whole
 * @param {() => Promise<void>} make
 */
export async function whenChanged(root, { step, sources, result }, make) {
  const stamp = join(root, 'node_modules', '.cache', 'kakao-login', step);
  const wanted = fingerprint(root, sources);
  if (existsSync(join(root, result)) && read(stamp).toString() === wanted) return;
  rmSync(stamp, { force: true });
  await make();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/** SHA-256 over the given files and the files of the given folders; missing ones count as such. */
function fingerprint(root, paths) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((path) => filesIn(root, path))) {
    hash
      .update(`${path}\0`)
      .update(read(join(root, path)))
      .update('\0');
  }
  return hash.digest('hex');
}

function filesIn(root, path) {
  if (!statSync(join(root, path), { throwIfNoEntry: false })?.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesIn(root, `${path}/${name}`));
}

function read(file) {
  try {
    return readFileSync(file);
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return Buffer.from('(missing)');
    throw error;
  }
}

if (isEntry(import.meta.url)) {
  await setUp().catch(exitWith);
  console.log('Ready: npm run dev starts the app.');
}
