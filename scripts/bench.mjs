// npm run bench: whole logins over HTTP, this app beside others in one run; bench/main.ts says which options there are.
// npm run bench -- emulator: the local Kakao by itself.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { productionBuild } from './build.mjs';
import { exitWith, PlainError, ROOT } from './run/command.mjs';
import { run } from './run/process.mjs';
import { setUp } from './setup.mjs';

/** The others, at the versions of bench/package-lock.json; no other command needs them. */
async function installOthers() {
  const bench = join(ROOT, 'bench');
  if (existsSync(join(bench, 'node_modules'))) return;
  const { code, output } = await run('npm', ['ci'], { cwd: bench });
  if (code !== 0) throw new PlainError(`What the app is compared with could not be installed:\n${output}`);
}

try {
  const [subject, ...rest] = process.argv.slice(2);
  const isEmulator = subject === 'emulator';
  await setUp(isEmulator ? ['kakao'] : undefined);
  if (!isEmulator) {
    await installOthers();
    await productionBuild();
  }
  const main = isEmulator ? ['emulator/bench/main.ts', ...rest] : ['bench/main.ts', ...process.argv.slice(2)];
  // The load keeps off the core that bench/server.ts gives the server under test.
  const pinned = !isEmulator && existsSync('/usr/bin/taskset') ? ['taskset', '-c', '1'] : [];
  const [program, ...args] = [...pinned, process.execPath, '--import', 'tsx', ...main];
  process.exitCode = spawnSync(program, args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
} catch (error) {
  exitWith(error);
}
