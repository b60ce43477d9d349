import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, toolCommand } from '../run/tool.mjs';
import { COULD_NOT_RUN } from './tally.mjs';

/** Browser tests by Playwright, against the production build. */
export async function endToEnd(scratch) {
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
