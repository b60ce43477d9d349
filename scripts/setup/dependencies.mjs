import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from '../run/command.mjs';
import { followingEnv, run } from '../run/process.mjs';

/**
 * Installs exactly what package-lock.json says, unless it is there already. No package runs a script: the one that
 * has to, the SQLite driver, is made beside this (driver.mjs).
 */
export async function installPackages({ root, step, signal }) {
  if (isInstalled(root)) return;
  const args = ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund'];
  await step('Installing the packages', () => installWithNpm(root, args, signal));
}

/**
 * npm writes its hidden lockfile last, so a broken install has none; and whoever ran `npm ci` or `npm install`
 * by hand need not wait for another. What it names may have been removed since, so its files are looked for too.
 */
export function isInstalled(root) {
  const there = readPackages(join(root, 'node_modules', '.package-lock.json'));
  const wanted = readPackages(join(root, 'package-lock.json'));
  if (there === undefined || wanted === undefined) return false;
  const direct = directDependencies(wanted);
  return Object.entries(wanted).every(([path, locked]) => {
    if (!path.startsWith('node_modules/')) return true;
    if (there[path] === undefined) return !direct.has(path) && isLeftOut(locked);
    return there[path].version === locked.version && existsSync(join(root, path, 'package.json'));
  });
}

/** Where npm puts what the project itself names, as far as this Node can have it: nothing else may be left out. */
function directDependencies(wanted) {
  const { dependencies, devDependencies, optionalDependencies } = wanted[''] ?? {};
  const names = Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies });
  return new Set(names.map((name) => `node_modules/${name}`).filter((path) => isForThisNode(wanted[path])));
}

/** Whether npm may leave a package out: it is for another platform, or nobody asked for it. */
function isLeftOut({ optional, devOptional, peer, link }) {
  return Boolean(optional || devOptional || peer || link);
}

/** npm leaves an optional package out where its `engines`, such as `22.x || 24.x`, have another Node. */
function isForThisNode({ optional, engines } = {}) {
  const majors = engines?.node?.match(/^\d+\.x( \|\| \d+\.x)*$/)?.[0].match(/\d+/g);
  return !optional || majors === undefined || majors.includes(process.versions.node.split('.')[0]);
}

/** @returns {Record<string, object> | undefined} the packages of a lockfile by path; none of an unreadable one */
export function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Runs an npm command that only brings packages, so that what fails is the way to them. */
export async function installWithNpm(folder, args, signal) {
  const { code, output } = await npm(folder, args, { signal });
  if (code === 0) return;
  throw new PlainError(
    `${output.trimEnd()}\n\`npm ${args[0]}\` failed (its messages are above): check the connection to the registry, then try again.`,
  );
}

/** The npm that started this, or else the one on the PATH. It must not outlive this: the next set-up starts another. */
export function npm(folder, args, { env, signal }) {
  const options = { cwd: folder, env: followingEnv(env), signal };
  const own = process.env.npm_execpath;
  return own?.endsWith('.js')
    ? run(process.execPath, [own, ...args], options)
    : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);
}
