// npm run setup: everything that must be there before the app runs; does only what is missing.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exitWith, isEntry, PlainError, ROOT } from './run/command.mjs';
import { run, toolCommand } from './run/process.mjs';
import { installPackages } from './setup/dependencies.mjs';
import { buildDriver, placeDriver } from './setup/driver.mjs';
import { ensureEnvFile } from './setup/env-file.mjs';
import { withLock } from './setup/lock.mjs';
import { progressOn } from './setup/progress.mjs';

const OLDEST_NODE = [20, 19];
/** Each waits by itself for the steps that it needs, so that all others go on beside it. */
const STEPS = {
  env: async ({ root, say }) => ensureEnvFile(root, say),
  packages: installPackages,
  driverBuild: buildDriver,
  driver: placeDriver,
  client: generatePrismaClient,
  kakao: buildLocalKakao,
  database: migrateDatabase,
};

/**
 * Runs set-up, or the named steps of it and what these need. Two at once in one folder take turns.
 *
 * @param {(keyof typeof STEPS)[]} [steps]
 * @param {{ root?: string, out?: NodeJS.WriteStream }} [options] `out` is where it tells what it does
 */
export async function setUp(steps = Object.keys(STEPS), { root = ROOT, out = process.stdout } = {}) {
  checkNodeVersion();
  const progress = progressOn(out);
  const onWait = (pid) => progress.say(`Waiting for another set-up of this folder (process ${pid}) …`);
  await withLock(join(root, 'data', '.setup.lock'), () => runSteps(steps, { root, ...progress }), { onWait });
}

/** Ends with nothing under way: the first failure stops what is. */
async function runSteps(steps, context) {
  const stop = new AbortController();
  const started = {};
  const done = (name) => {
    started[name] ??= STEPS[name]({ ...context, done, signal: stop.signal });
    return started[name];
  };
  try {
    await Promise.all(steps.map(done));
  } catch (error) {
    stop.abort();
    await Promise.allSettled(Object.values(started));
    throw error;
  }
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
async function generatePrismaClient({ root, step, signal, done }) {
  await done('packages');
  const schemas = ['prisma/schema.prisma', 'prisma/postgresql/schema.prisma'];
  const sources = [...schemas, 'prisma.config.ts', 'node_modules/@prisma/client/package.json'];
  // Made last, inside the folder of the other one.
  const result = 'lib/db/generated/postgresql/client.ts';
  await whenChanged(root, { step: 'prisma-client', sources, result }, () =>
    step('Generating the Prisma client', async () => {
      for (const schema of schemas) await generate(root, schema, signal);
    }),
  );
}

async function generate(root, schema, signal) {
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  const command = toolCommand('prisma', ['generate', '--schema', schema], root);
  const { code, output } = await run(...command, { cwd: root, env, signal });
  if (code === 0) return;
  throw new PlainError(
    `${output.trimEnd()}\nThe Prisma client could not be generated: correct ${schema} as told above.`,
  );
}

/** Compiles the local Kakao, emulator/src to emulator/dist, when its source changed. */
async function buildLocalKakao({ root, step, signal, done }) {
  await done('packages');
  const sources = [
    'emulator/src',
    'emulator/doctor',
    'emulator/build.mjs',
    'emulator/tsconfig.json',
    'emulator/package.json',
    'node_modules/typescript/package.json',
  ];
  await whenChanged(root, { step: 'local-kakao', sources, result: 'emulator/dist/main.js' }, async () => {
    const { code, output } = await step('Compiling the local Kakao', () =>
      run(process.execPath, ['emulator/build.mjs'], { cwd: root, signal }),
    );
    if (code === 0) return;
    throw new PlainError(
      `${output.trimEnd()}\nThe local Kakao could not be compiled: correct it as told above.`,
    );
  });
}

/** Brings the database in DATABASE_URL up to date; a process of its own, because it loads TypeScript. */
async function migrateDatabase({ root, say, signal, done }) {
  await Promise.all([done('env'), done('driver')]);
  const script = join(root, 'scripts', 'db-deploy.mjs');
  const { code, output } = await run(process.execPath, [script, '--quiet'], { cwd: root, signal });
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
