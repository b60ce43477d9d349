// Compiles src and doctor to dist: types by TypeScript, programs bundled by esbuild, because a start that reads two hundred files
// takes three times as long. What the inspector sends to browsers stays as it is.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('.', import.meta.url));
const dist = join(root, 'dist');
const sources = ['main', 'index', 'client', 'vitest', 'playwright', 'redirect', 'seed/write-schema'];
const entries = {
  ...Object.fromEntries(sources.map((name) => [name, `src/${name}.ts`])),
  doctor: 'doctor/main.ts',
};

rmSync(dist, { recursive: true, force: true });
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'));
execFileSync(process.execPath, [join(typescript, 'bin', 'tsc'), '-p', root], { stdio: 'inherit' });

const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: entries,
  outdir: 'dist',
  // One folder deep, as the modules that look for files beside their own are.
  chunkNames: 'bundle/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  allowOverwrite: true,
  metafile: true,
});

const kept = new Set(Object.keys(metafile.outputs).map((path) => relative(dist, join(root, path))));
for (const name of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  const isLeftOver = name.endsWith('.js') && !kept.has(name) && !/^inspector[/\\]browser/.test(name);
  if (isLeftOver) rmSync(join(dist, name));
}
