// npm run mutants: takes one check out of the product, runs its tests, and says which of them noticed; for every promise
// of docs/threat-model.md, whose table it writes.  npm run mutants -- P3,P8  runs some and writes nothing.
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { exitWith, PlainError, ROOT } from './run/command.mjs';
import { run, toolCommand } from './run/process.mjs';
import { setUp } from './setup.mjs';

/**
 * A check taken out of the product, and the tests that must notice. `from` occurs exactly once in `file`.
 *
 * @typedef {{ promise: string, without: string, file: string, from: string, to: string, tests: string }} Mutation
 */

/** @type {{ promises: Record<string, string>, mutations: readonly Mutation[] }} */
const { promises: PROMISES, mutations: MUTATIONS } = JSON.parse(
  readFileSync(new URL('mutants.json', import.meta.url), 'utf8'),
);
const PAGE = join(ROOT, 'docs', 'threat-model.md');
const BEGIN = '<!-- mutants: written by npm run mutants -->';
const END = '<!-- /mutants -->';
/** What belongs to the machine or to another build; dependencies are linked, not copied. */
const LEFT_OUT = new Set(['node_modules', '.git', '.next', '.env', 'data', 'emulator/node_modules']);
const LIMIT = 120_000;

function chosen([wanted]) {
  const missing = Object.keys(PROMISES).filter((name) => !MUTATIONS.some(({ promise }) => promise === name));
  if (missing.length > 0) throw new PlainError(`No check is taken out for ${missing.join(', ')}.`);
  if (wanted === undefined) return MUTATIONS;
  const promises = wanted.split(',');
  const unknown = promises.find((promise) => !Object.hasOwn(PROMISES, promise));
  if (unknown) throw new PlainError(`There is no promise ${unknown}: npm run mutants -- P3,P8`);
  return MUTATIONS.filter(({ promise }) => promises.includes(promise));
}

/** A copy of the tree that may be spoilt. */
function copyTree(folder) {
  cpSync(ROOT, folder, {
    recursive: true,
    filter: (source) => !LEFT_OUT.has(relative(ROOT, source).replaceAll('\\', '/')),
  });
  for (const modules of ['node_modules', 'emulator/node_modules']) {
    symlinkSync(join(ROOT, modules), join(folder, modules), 'junction');
  }
}

/** The tests that fail in this tree, by their full names; with `bail` only the first of them. */
async function failingTests(folder, files, { bail = false } = {}) {
  const report = join(folder, 'mutants.json');
  rmSync(report, { force: true });
  const reporters = ['--reporter=json', `--outputFile.json=${report}`];
  const command = ['run', '--project', 'unit', ...(bail ? ['--bail=1'] : [])];
  const [node, args] = toolCommand('vitest', [...command, ...reporters, ...files], folder);
  const { output } = await run(node, args, { cwd: folder, signal: AbortSignal.timeout(LIMIT) });
  try {
    const { testResults } = JSON.parse(readFileSync(report, 'utf8'));
    return testResults.flatMap(({ name, status, assertionResults }) =>
      status === 'failed' && assertionResults.length === 0
        ? [`${relative(folder, name)} does not load`]
        : assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName),
    );
  } catch {
    throw new PlainError(`Vitest ended without a report:\n${output.slice(-2_000)}`);
  }
}

/** Whether any test noticed, and which was the first; the file is as it was afterwards. */
async function tryMutation(folder, { file, from, to, tests }) {
  const path = join(folder, file);
  const source = readFileSync(path, 'utf8');
  if (source.split(from).length !== 2)
    throw new PlainError(`${file} does not contain exactly once:\n${from}`);
  writeFileSync(
    path,
    source.replace(from, () => to),
  );
  try {
    return await failingTests(folder, tests.split(' '), { bail: true });
  } finally {
    writeFileSync(path, source);
  }
}

async function runAll(mutations, folder) {
  const files = [...new Set(mutations.flatMap(({ tests }) => tests.split(' ')))];
  const broken = await failingTests(folder, files);
  if (broken.length > 0) throw new PlainError(`These fail already:\n${broken.join('\n')}`);
  const results = [];
  for (const mutation of mutations) {
    const red = await tryMutation(folder, mutation);
    console.log(`${mutation.promise} ${red.length > 0 ? 'noticed ' : 'SURVIVED'} ${mutation.without}`);
    results.push({ ...mutation, red });
  }
  return results;
}

function tableOf(results) {
  const rows = results.map(({ promise, without, tests, red }) => {
    const [first] = red;
    const noticed = first ? first.replaceAll('|', '\\|').slice(0, 110) : '**nobody**';
    return `| ${promise} | ${without} | \`${tests.replaceAll(' ', '`, `')}\` | ${noticed} |`;
  });
  return [
    '| promise | the check that was taken out | tests that were run | the first that went red |',
    '| --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function writePage(results) {
  const page = readFileSync(PAGE, 'utf8');
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined)
    throw new PlainError(`docs/threat-model.md has no place for the table: ${BEGIN} … ${END}`);
  writeFileSync(PAGE, `${before}${BEGIN}\n${tableOf(results)}\n${END}${after}`);
}

async function main() {
  const args = process.argv.slice(2);
  const mutations = chosen(args);
  await setUp();
  const folder = mkdtempSync(join(tmpdir(), 'mutants-'));
  try {
    copyTree(folder);
    const results = await runAll(mutations, folder);
    if (args.length === 0) writePage(results);
    const survivors = results.filter(({ red }) => red.length === 0).length;
    console.log(`${results.length - survivors} passed, ${survivors} failed`);
    process.exitCode = survivors > 0 ? 1 : 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

await main().catch(exitWith);
