import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from '../run/command.mjs';
import { run } from '../run/process.mjs';

/** Installs exactly what package-lock.json says, unless it is there already, with a SQLite driver for this Node. */
export async function installDependencies(root, say) {
  const installed = isInstalled(root);
  if (!installed) {
    const compiles = !(await driverLoads(root));
    say(
      `Installing the dependencies.${compiles ? ' Compiling the SQLite driver may take a minute or two …' : ''}`,
    );
    const scripts = compiles ? [] : ['--ignore-scripts'];
    await npm(root, ['ci', '--include=dev', '--no-audit', '--no-fund', ...scripts], 'npm ci');
  }
  if (!(await driverLoads(root))) {
    say('Compiling the SQLite driver for this version of Node; this may take a minute or two …');
    await npm(root, ['rebuild', 'better-sqlite3'], 'npm rebuild better-sqlite3');
    if (!(await driverLoads(root))) {
      throw new PlainError('The SQLite driver does not load: delete node_modules and try again.');
    }
  }
  if (!installed) say('Installed the dependencies.');
}

/**
 * npm writes its hidden lockfile last, so a broken install has none; and whoever ran `npm ci` or `npm install`
 * by hand need not wait for another.
 */
export function isInstalled(root) {
  const there = readPackages(join(root, 'node_modules', '.package-lock.json'));
  const wanted = readPackages(join(root, 'package-lock.json'));
  if (there === undefined || wanted === undefined) return false;
  return Object.entries(wanted).every(([path, { version, link, optional, devOptional, peer }]) => {
    if (!path.startsWith('node_modules/') || link) return true;
    return there[path] === undefined
      ? Boolean(optional || devOptional || peer)
      : there[path].version === version;
  });
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Asks the code of the app which driver it takes. A Node that has its own reads TypeScript before anything is installed. */
async function driverLoads(root) {
  const script = `import('./lib/db/sqlite.ts').then(({ openSqlite }) => openSqlite(':memory:', { timeout: 0 }))`;
  const loader = process.features.typescript ? [] : ['--import', 'tsx'];
  return (await run(process.execPath, [...loader, '-e', script], { cwd: root })).code === 0;
}

async function npm(root, args, shown) {
  const own = process.env.npm_execpath;
  const { code, output } = own?.endsWith('.js')
    ? await run(process.execPath, [own, ...args], { cwd: root })
    : await run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { cwd: root });
  if (code === 0) return;
  console.error(output.trimEnd());
  throw new PlainError(
    `\`${shown}\` failed (its messages are above): check the connection to the registry, then try again.`,
  );
}
