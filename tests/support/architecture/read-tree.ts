import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Source text by path from the root, with forward slashes. */
export type Tree = Readonly<Record<string, string>>;

const folders = ['app', 'components', 'lib', 'emulator', 'scripts', 'tests', 'e2e', 'bench'];
const skipped = new Set(['node_modules', 'generated', 'dist', '.next']);
const source = /\.(ts|tsx|mjs|js)$/;

/** Reads every source file of the project, but for generated ones. */
export function readTree(root: string): Tree {
  const top = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && source.test(entry.name) && entry.name !== 'next-env.d.ts')
    .map((entry) => join(root, entry.name));
  const files = [...top, ...folders.flatMap((folder) => filesIn(join(root, folder)))];
  return Object.fromEntries(
    files.map((file) => [relative(root, file).replaceAll('\\', '/'), readFileSync(file, 'utf8')]),
  );
}

function filesIn(folder: string): string[] {
  return entriesOf(folder).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return source.test(entry.name) ? [path] : [];
  });
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
