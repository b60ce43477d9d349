// npm run build: set-up without a database or a browser, then the production build.
import { exitWith, isEntry } from './run/command.mjs';
import { run, toolCommand } from './run/process.mjs';
import { setUp } from './setup.mjs';

/** `next build`, shown while it runs. */
export function nextBuild() {
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  return run(...toolCommand('next', ['build']), { env, show: true });
}

async function main() {
  await setUp(['driver', 'client']);
  const { code } = await nextBuild();
  process.exitCode = code === 0 ? 0 : 1;
}

if (isEntry(import.meta.url)) await main().catch(exitWith);
