import type { Facts } from './facts';

const product = /^(app|components|lib|scripts|emulator\/(src|doctor))\/|^(proxy|instrumentation)\.ts$/;
const test = /^(tests|e2e|emulator\/tests)\//;
const readsEnvironment =
  /^(lib\/env\.ts|(next|prisma|playwright|vitest)\.config\.(ts|js)|emulator\/(src\/(main|redirect)|doctor\/main)\.ts)$|^(scripts|e2e|bench|tests|emulator\/(tests|examples))\//;
const grabBag = /(^|\/)(utils?|helpers?|constants|types|services|hooks|common|misc)(\.\w+)*(\/|$)/;

/** Readers of `process.env` that are not among the few that may. */
export function environmentViolations(files: readonly Facts[]): string[] {
  return files.flatMap(({ path, constructs }) => {
    if (readsEnvironment.test(path)) return [];
    const read = constructs.filter((construct) => construct.startsWith('process.env'));
    // Reading one variable is a read of the variable, and of process.env itself.
    const allowed = path === 'instrumentation.ts' && read.includes('process.env.NEXT_RUNTIME');
    const wrong = allowed ? read.filter((name) => !/^process\.env(\.NEXT_RUNTIME)?$/.test(name)) : read;
    return wrong.length > 0 ? [`${path} reads ${wrong[0]}`] : [];
  });
}

/** Constructs that are not wanted: everywhere, or in what is shipped. */
export function constructViolations(files: readonly Facts[]): string[] {
  const everywhere = ['any', '!'];
  const shipped = ['$transaction', 'use server', 'class'];
  return files.flatMap(({ path, constructs }) =>
    constructs
      .filter((found) => everywhere.includes(found) || (product.test(path) && shipped.includes(found)))
      .map((found) => `${path} has ${found}`),
  );
}

/** Files whose name, or whose folder's name, says nothing. */
export function nameViolations(files: readonly Facts[]): string[] {
  return files.filter(({ path }) => grabBag.test(path)).map(({ path }) => `${path} is a grab-bag by name`);
}

/** Files and functions that are too long. */
export function budgetViolations(files: readonly Facts[]): string[] {
  return files.flatMap((file) => {
    const most = test.test(file.path) ? 400 : 200;
    const tooLong = file.length > most ? [`${file.path} has ${file.length} code lines of ${most}`] : [];
    return product.test(file.path) ? [...tooLong, ...longFunctions(file)] : tooLong;
  });
}

function longFunctions({ path, functions }: Facts): string[] {
  return functions
    .filter(({ length, markup }) => length > (markup ? 60 : 40))
    .map(({ line, length }) => `${path}:${line} is a function of ${length} code lines`);
}

/** The median length of shipped files and of their functions, in code lines. */
export function medians(files: readonly Facts[]): { file: number; function: number } {
  const shipped = files.filter(({ path }) => product.test(path));
  return {
    file: median(shipped.map(({ length }) => length)),
    function: median(shipped.flatMap(({ functions }) => functions.map(({ length }) => length))),
  };
}

/** All code lines below a folder. */
export function linesBelow(files: readonly Facts[], folder: string): number {
  return files.filter(({ path }) => path.startsWith(folder)).reduce((sum, { length }) => sum + length, 0);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
