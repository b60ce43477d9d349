import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

interface Mutation {
  readonly promise: string;
  readonly without: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly tests: string;
}

const root = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { promises, mutations } = JSON.parse(read('scripts/mutants.json')) as {
  readonly promises: Readonly<Record<string, string>>;
  readonly mutations: readonly Mutation[];
};

// npm run mutants takes minutes; what a change elsewhere would break in its table is seen here.
describe('the table of mutants', () => {
  it.each(mutations)('$promise without "$without" can be made, and has its row', (mutation) => {
    const { file, from, to, tests, promise, without } = mutation;
    expect(read(file).split(from)).toHaveLength(2);
    expect(to).not.toBe(from);
    expect(tests.split(' ').filter((path) => !existsSync(join(root, path)))).toEqual([]);
    const [row] = read('docs/threat-model.md')
      .split('\n')
      .filter((line) => line.startsWith(`| ${promise} | ${without} |`));
    expect(row).toMatch(/\| [^|*]+ \|$/);
  });

  it('leaves out no promise', () => {
    expect(Object.keys(promises)).toEqual(Array.from({ length: 18 }, (_, at) => `P${at + 1}`));
    expect(new Set(mutations.map(({ promise }) => promise))).toEqual(new Set(Object.keys(promises)));
  });
});
