// npm run soak: ten minutes of use against the production build, with failures; tests/soak/main.ts says of what kinds.
import { spawnSync } from 'node:child_process';
import { productionBuild } from './build.mjs';
import { exitWith, ROOT } from './run/command.mjs';
import { setUp } from './setup.mjs';

try {
  await setUp();
  const built = await productionBuild();
  const args = ['--import', 'tsx', 'tests/soak/main.ts', ...process.argv.slice(2)];
  process.exitCode =
    built.code || (spawnSync(process.execPath, args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1);
} catch (error) {
  exitWith(error);
}
