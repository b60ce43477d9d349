// npm test: set-up, then every check.  npm test -- --only lint,unit  runs some of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureChromium } from './browser.mjs';
import { endToEnd } from './checks/end-to-end.mjs';
import { build, lint, types, unused } from './checks/static.mjs';
import { COULD_NOT_RUN, sum, summaryLine } from './checks/tally.mjs';
import { unit } from './checks/unit.mjs';
import { PlainError } from './plain-error.mjs';
import { setUp } from './setup.mjs';

const STAGES = { lint, types, unused, unit, build, e2e: endToEnd };

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

await main();
