import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run, toolCommand } from '../run/tool.mjs';
import { COULD_NOT_RUN } from './tally.mjs';

/** Unit and integration tests by Vitest. */
export async function unit(scratch) {
  const report = join(scratch, 'vitest.json');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run(...toolCommand('vitest', args), { show: true });
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
