import { join } from 'node:path';
import { ROOT } from './command.mjs';

/**
 * Bundles server.ts, with the hot routes in a file of their own that only production loads. In `.next`, so that what
 * belongs to another build goes with it.
 *
 * @param {string} name of the folder in `.next`
 * @returns {Promise<string>} the script to start
 */
export async function bundleServer(name) {
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
  });
  return join(outdir, 'server.mjs');
}
