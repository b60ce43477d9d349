// npm run bench: whole logins over HTTP, this app beside others in one run; bench/main.ts says what else there is.
// npm run bench -- emulator: the local Kakao by itself.
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { productionBuild } from './build.mjs';
import { exitWith, PlainError, ROOT } from './run/command.mjs';
import { run } from './run/process.mjs';
import { setUp } from './setup.mjs';

/** Subjects that need this app and bare Next.js alone. */
const alone = ['growth', 'soak', 'profile', 'guard'];

/** The others, at the versions of bench/package-lock.json; no other command needs them. */
async function installOthers() {
  const bench = join(ROOT, 'bench');
  const changedAt = (file) => statSync(join(bench, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  // npm writes the second one when everything is there.
  if (changedAt('package-lock.json') <= changedAt('node_modules/.package-lock.json')) return;
  console.error('Installing what the app is compared with …');
  const { code, output } = await run('npm', ['ci'], { cwd: bench });
  if (code !== 0) throw new PlainError(`What the app is compared with could not be installed:\n${output}`);
}

/** `--built`: with the build that is there, as after `npm test`. */
async function buildApp(args) {
  if (args.includes('--built') && existsSync(join(ROOT, '.next', 'front', 'server.mjs'))) return;
  const { code } = await productionBuild();
  if (code !== 0) throw new PlainError('There is nothing to measure without a build.');
}

try {
  const begun = Date.now();
  const args = process.argv.slice(2);
  const isEmulator = args[0] === 'emulator';
  await setUp(isEmulator ? ['kakao'] : ['env', 'packages', 'driver', 'client']);
  if (!isEmulator) {
    if (!alone.includes(args[0])) await installOthers();
    await buildApp(args);
  }
  const passed = args.filter((arg) => arg !== '--built');
  const main = isEmulator
    ? ['emulator/bench/main.ts', ...passed.slice(1)]
    : ['bench/main.ts', ...passed, `--begun=${begun}`];
  // The load keeps off the core that bench/server.ts gives the server under test.
  const canPin = spawnSync('taskset', ['-c', '1', 'true']).status === 0;
  const pinned = !isEmulator && canPin ? ['taskset', '-c', '1'] : [];
  const [program, ...rest] = [...pinned, process.execPath, '--import', 'tsx', ...main];
  process.exitCode = spawnSync(program, rest, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
} catch (error) {
  exitWith(error);
}
