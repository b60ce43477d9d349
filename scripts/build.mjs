// npm run build: set-up without a database or a browser, then the production build: Next's, and the server in front of it.
import { exitWith, isEntry } from './run/command.mjs';
import { run, toolCommand } from './run/process.mjs';
import { bundleServer } from './run/server-bundle.mjs';
import { setUp } from './setup.mjs';

/** `next build`, shown while it runs, and server.ts, which its folder would not outlive. */
export async function productionBuild() {
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const result = await run(...toolCommand('next', ['build']), { env, show: true });
  if (result.code === 0) await bundleServer('front');
  return result;
}

async function main() {
  await setUp(['driver', 'client']);
  const { code } = await productionBuild();
  process.exitCode = code === 0 ? 0 : 1;
}

if (isEntry(import.meta.url)) await main().catch(exitWith);
