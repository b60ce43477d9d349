import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PlainError } from '../run/command.mjs';
import { run } from '../run/process.mjs';
import { adviceToInstall, canInstallCompiler, installCompiler, missingTools } from './compiler.mjs';
import { installWithNpm, npm, readPackages } from './dependencies.mjs';

const DRIVER = 'better-sqlite3';
const BINARY = 'build/Release/better_sqlite3.node';

/**
 * Makes the SQLite driver where this Node needs one: in a folder of its own and with its own few packages, because a
 * compile takes longer than everything else together and can run beside it. The binary is kept in `data/`.
 */
export async function buildDriver(context) {
  const { root } = context;
  if (existsSync(keptBinary(root)) || (await driverLoads(root))) return;
  await makeBinary(context);
}

/** Puts the driver between the packages, unless one that loads is there. */
export async function placeDriver(context) {
  const { root, done } = context;
  await Promise.all([done('driverBuild'), done('packages')]);
  if (await driverLoads(root)) return;
  // Not built yet where the driver that did load was removed with the old packages.
  if (!existsSync(keptBinary(root))) await makeBinary(context);
  const target = join(root, 'node_modules', DRIVER, BINARY);
  mkdirSync(dirname(target), { recursive: true });
  // Not written over: a server that runs may have it in memory.
  rmSync(target, { force: true });
  copyFileSync(keptBinary(root), target);
  if (await driverLoads(root)) return;
  rmSync(keptBinary(root), { force: true });
  throw new PlainError('The SQLite driver does not load: delete node_modules and try again.');
}

async function makeBinary({ root, step, signal }) {
  const folder = join(root, 'data', '.sqlite-driver');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeProject(folder, root);
  await step('Compiling the SQLite driver, unless it can be downloaded', async () => {
    await installWithNpm(folder, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], signal);
    await compile({ folder, step, signal });
  });
  renameSync(join(folder, 'node_modules', DRIVER, BINARY), keptBinary(root));
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
}

/** A project that has nothing but the driver, at the versions of our lockfile. */
function writeProject(folder, root) {
  const packages = packagesOf(DRIVER, readPackages(join(root, 'package-lock.json')) ?? {});
  const project = {
    name: 'sqlite-driver',
    private: true,
    allowScripts: { [DRIVER]: true },
    dependencies: { [DRIVER]: packages[`node_modules/${DRIVER}`].version },
  };
  const lock = {
    name: project.name,
    lockfileVersion: 3,
    requires: true,
    packages: { '': project, ...packages },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(project));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock));
}

/**
 * What a package needs, itself included, out of the packages of a lockfile.
 *
 * @param {string} name
 * @param {Record<string, { dependencies?: Record<string, string> }>} locked by path
 * @returns {Record<string, object>}
 */
export function packagesOf(name, locked) {
  const found = {};
  const take = (path) => {
    if (path === undefined || path in found) return;
    const { optional, dev, devOptional, ...entry } = locked[path];
    found[path] = entry;
    for (const dependency of Object.keys(entry.dependencies ?? {}))
      take(resolvePath(path, dependency, locked));
  };
  take(resolvePath('', name, locked));
  return found;
}

/** Where `require(name)` ends up in the package at this path. */
function resolvePath(path, name, locked) {
  const candidate = `${path}${path === '' ? '' : '/'}node_modules/${name}`;
  if (candidate in locked) return candidate;
  if (path === '') return undefined;
  const parent = path.lastIndexOf('/node_modules/');
  return resolvePath(parent === -1 ? '' : path.slice(0, parent), name, locked);
}

/** Runs the driver's own script, which downloads it or compiles it; a second time when the tools were missing. */
async function compile({ folder, step, signal }) {
  const first = await runInstallScript(folder, signal);
  if (first.code === 0) return;
  const missing = missingTools();
  if (missing.length > 0 && canInstallCompiler()) {
    await step(`Installing ${missing.join(', ')}`, () => installCompiler(signal));
    const second = await runInstallScript(folder, signal);
    if (second.code === 0) return;
    throw cannotCompile(second.output, missingTools());
  }
  throw cannotCompile(first.output, missing);
}

function runInstallScript(folder, signal) {
  // Two files to compile, one of them long.
  const env = { JOBS: 'max', ...process.env };
  return npm(folder, ['rebuild', DRIVER, '--ignore-scripts=false'], { env, signal });
}

/** With tools missing, the messages of the compiler's front end would only hide the cause. */
function cannotCompile(output, missing) {
  const advice = `${adviceToInstall()}, or use Node 24.16 or newer, which has SQLite built in; then try again.`;
  return missing.length > 0
    ? new PlainError(
        `The SQLite driver could not be downloaded, and to compile it this machine lacks ${missing.join(', ')}: ${advice}`,
      )
    : new PlainError(
        `${output.trimEnd()}\nThe SQLite driver could be neither downloaded nor compiled (the messages are above): ${advice}`,
      );
}

/** One for each version of the driver and each kind of Node. */
function keptBinary(root) {
  const { version } = readPackages(join(root, 'package-lock.json'))?.[`node_modules/${DRIVER}`] ?? {};
  const { platform, arch, versions } = process;
  return join(root, 'data', '.sqlite-driver', `${version}-${platform}-${arch}-${versions.modules}.node`);
}

/** Asks the code of the app which driver it takes. A Node that has its own reads TypeScript before anything is installed. */
async function driverLoads(root) {
  const script = `import('./lib/db/sqlite.ts').then(({ openSqlite }) => openSqlite(':memory:', { timeout: 0 }))`;
  const loader = process.features.typescript ? [] : ['--import', 'tsx'];
  return (await run(process.execPath, [...loader, '-e', script], { cwd: root })).code === 0;
}
