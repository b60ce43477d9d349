import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Source text by path from the root of the project. */
export type Tree = Readonly<Record<string, string>>;

const root = join(import.meta.dirname, '../..');
const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
const laws =
  /^(plugin|lint\/.*\/(noProcessEnv|noCommonJs|noRestrictedImports|noImportCycles|noExplicitAny|noNonNull\w+))$/;

/**
 * What Biome, with the settings of this project, says about files that exist only here: a line per finding, path
 * first. Only the laws count; its other rules have nothing to do with the architecture.
 */
export async function lint(tree: Tree): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'laws-'));
  try {
    for (const name of ['biome.json', 'package.json', 'tsconfig.json', 'tests/architecture']) {
      cpSync(join(root, name), join(folder, name), { recursive: true });
    }
    for (const [path, source] of Object.entries(tree)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), source);
    }
    return await findings(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly message: string;
    readonly location: { readonly path: string };
  }[];
}

async function findings(folder: string): Promise<string[]> {
  const args = [biome, 'lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=none'];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ['ignore', 'pipe', 'ignore'] });
  const report: Report = JSON.parse(await text(child.stdout));
  return report.diagnostics
    .filter(({ category }) => laws.test(category))
    .map(({ category, message, location }) => `${location.path}: ${category.replace(/.*\//, '')}: ${message}`)
    .sort();
}
