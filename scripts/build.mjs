// npm run build: set-up without a database or a browser, then the production build: Next's, and the server in front of it.
import { join } from 'node:path';
import { exitWith, isEntry, ROOT } from './run/command.mjs';
import { run, toolCommand } from './run/process.mjs';
import { setUp } from './setup.mjs';

/** `next build`, shown while it runs, and server.ts, which its folder would not outlive. */
export async function productionBuild() {
  const env = { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
  const result = await run(...toolCommand('next', ['build']), { env, show: true });
  if (result.code === 0) await bundleServer('front');
  return result;
}

/**
 * Bundles server.ts, with the hot routes in a file of their own that only production loads. In `.next`, so that what
 * belongs to another build goes with it.
 *
 * @param {string} name of the folder in `.next`
 * @param {import('esbuild').Plugin[]} [plugins]
 * @returns {Promise<string>} the script to start
 */
export async function bundleServer(name, plugins = []) {
  // Not at the top of the file: it is there only after the dependencies are installed.
  const { build } = await import('esbuild');
  const outdir = join(ROOT, '.next', name);
  await build({
    absWorkingDir: ROOT,
    entryPoints: ['server.ts'],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    packages: 'external',
    plugins,
  });
  return join(outdir, 'server.mjs');
}

async function main() {
  await setUp(['driver', 'client']);
  const { code } = await productionBuild();
  process.exitCode = code === 0 ? 0 : 1;
}

if (isEntry(import.meta.url)) await main().catch(exitWith);
