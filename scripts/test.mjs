// npm test: set-up, then every check.  npm test -- --only lint,unit  runs some of them.
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ensureChromium } from './browser.mjs';
import { productionBuild } from './build.mjs';
import { isEntry, PlainError, ROOT } from './run/command.mjs';
import { run, toolCommand } from './run/process.mjs';
import { setUp } from './setup.mjs';

const STAGES = { lint, types, unused, unit, postgresql, build, wire, hostile, e2e: endToEnd };

/** @typedef {{ passed: number, failed: number, skipped: number, ran: boolean }} Tally `ran` false: no verdict to be had */

/** @type {Tally} */
export const PASSED = { passed: 1, failed: 0, skipped: 0, ran: true };
/** @type {Tally} */
const FAILED = { passed: 0, failed: 1, skipped: 0, ran: true };
/** @type {Tally} a runner that crashed or could not start is a failure too */
export const COULD_NOT_RUN = { passed: 0, failed: 1, skipped: 0, ran: false };

function chosenStages(args) {
  if (args.length === 0) return Object.keys(STAGES);
  const names = (args[0] === '--only' ? (args[1] ?? '') : '').split(',');
  if (args.length === 2 && names.every((name) => Object.hasOwn(STAGES, name))) return names;
  throw new PlainError(
    `Usage: npm test, or npm test -- --only ${Object.keys(STAGES).join(',')} (any of these).`,
  );
}

/** Stops at the first stage without a verdict: what comes after it would only repeat its complaint. */
async function runStages(names, scratch) {
  const tallies = [];
  for (const name of names) {
    console.log(`\n── ${name} ──`);
    const tally = await STAGES[name](scratch);
    tallies.push(tally);
    console.log(`${name}: ${summaryLine(tally)}`);
    if (tally.ran) continue;
    console.error(`Stopped here: ${name} could not run to its end.`);
    break;
  }
  return tallies;
}

async function main() {
  const scratch = mkdtempSync(join(tmpdir(), 'npm-test-'));
  let tallies = [];
  try {
    const names = chosenStages(process.argv.slice(2));
    await setUp();
    if (names.includes('e2e')) await ensureChromium();
    tallies = await runStages(names, scratch);
  } catch (error) {
    console.error(error instanceof PlainError ? error.message : error);
    tallies.push(COULD_NOT_RUN);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  const total = sum(tallies);
  console.log(`\n${summaryLine(total)}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** Format, lint and the laws; a warning fails as well. */
function lint() {
  const colors = process.stdout.isTTY ? 'force' : 'off';
  const args = ['ci', '.', '--error-on-warnings', `--colors=${colors}`];
  return verdict(run(...toolCommand('biome', args), { show: true }));
}

/** Types; Next writes its own first, so that a fresh clone has them. */
async function types() {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  const generated = await run(...toolCommand('next', ['typegen']), { env });
  if (generated.code !== 0) {
    console.error(generated.output.trimEnd());
    return FAILED;
  }
  return verdict(run(...toolCommand('tsc', ['--noEmit', '--incremental', 'false']), { show: true }));
}

/** Unused files, exports and dependencies. */
function unused() {
  return verdict(run(...toolCommand('knip', []), { show: true }));
}

/** Unit and integration tests. */
function unit(scratch) {
  return vitest('unit', scratch);
}

/** What stores and reads, once more on PostgreSQL, where there is one for tests; `wire` has a server on it too then. */
async function postgresql(scratch) {
  if (process.env.TEST_DATABASE_URL) return vitest('postgresql', scratch);
  console.log(
    'NOT RUN, and neither is tests/wire/postgresql.test.ts: TEST_DATABASE_URL names no PostgreSQL whose databases tests may make and drop.',
  );
  return { passed: 0, failed: 0, skipped: 0, ran: true };
}

/** What the production build answers to requests of every kind: tests that need no browser. */
function wire(scratch) {
  return vitest('wire', scratch);
}

/** What the production build must refuse, and what it must survive. */
function hostile(scratch) {
  return vitest('hostile', scratch);
}

async function vitest(project, scratch) {
  const report = join(scratch, `${project}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run(...toolCommand('vitest', ['run', '--project', project, ...reporters]), {
    show: true,
  });
  try {
    return tallyVitest(JSON.parse(readFileSync(report, 'utf8')), code);
  } catch {
    console.error('Vitest ended without a report.');
    return COULD_NOT_RUN;
  }
}

/** A file that did not load has no tests in the report, and an error outside of any test has none either. */
export function tallyVitest(report, code) {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + broken.length;
  return {
    passed: report.numPassedTests,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: report.numPendingTests + report.numTodoTests,
    ran: true,
  };
}

/** The production build; a warning in its output fails as well. */
async function build() {
  // Where CI is set, Next warns of a missing cache: a matter of the machine, not of the build.
  mkdirSync(join(ROOT, '.next', 'cache'), { recursive: true });
  const result = await productionBuild();
  const warnings = result.code === 0 ? warningsIn(result.output) : [];
  if (warnings.length > 0) console.error(`The build warns:\n${warnings.join('\n')}`);
  // Without a build there is nothing that a browser test could visit.
  return result.code === 0 ? (warnings.length === 0 ? PASSED : FAILED) : COULD_NOT_RUN;
}

/** @param {string} output of `next build` */
export function warningsIn(output) {
  return stripVTControlCharacters(output)
    .split('\n')
    .filter((line) => /^\s*⚠|\bwarn(ing)?s?\b\s*:|^\s*warn(ing)?\b/i.test(line));
}

/** Browser tests by Playwright, against the production build. */
async function endToEnd(scratch) {
  const report = join(scratch, 'playwright.json');
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const { code } = await run(...toolCommand('playwright', ['test', '--reporter=list,json']), {
    env,
    show: true,
  });
  try {
    return tallyPlaywright(JSON.parse(readFileSync(report, 'utf8')), code);
  } catch {
    console.error('Playwright ended without a report.');
    return COULD_NOT_RUN;
  }
}

/** Errors outside of any test, such as servers that did not start, count as one failure. */
export function tallyPlaywright({ stats, errors }, code) {
  const failed = stats.unexpected + (errors.length > 0 ? 1 : 0);
  return {
    passed: stats.expected + stats.flaky,
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: stats.skipped,
    ran: true,
  };
}

async function verdict(result) {
  const { code, output } = await result;
  if (code === -1) console.error(output);
  return code === 0 ? PASSED : code === -1 ? COULD_NOT_RUN : FAILED;
}

/** @param {Tally[]} tallies */
export function sum(tallies) {
  const of = (key) => tallies.reduce((total, tally) => total + tally[key], 0);
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') };
}

/** The last line of `npm test`. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

if (isEntry(import.meta.url)) await main();
