import { describe, expect, it } from 'vitest';
import {
  COULD_NOT_RUN,
  PASSED,
  sum,
  summaryLine,
  tallyPlaywright,
  tallyVitest,
  warningsIn,
} from '../../scripts/test.mjs';
import { start } from './process.ts';

const vitest = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };
const playwright = { stats: { expected: 2, unexpected: 0, flaky: 0, skipped: 0 }, errors: [] };

describe('npm test', () => {
  it('counts a test file that did not load as a failure', () => {
    const report = { ...vitest, testResults: [{ status: 'failed', assertionResults: [] }] };
    expect(tallyVitest(report, 1)).toMatchObject({ passed: 3, failed: 1, skipped: 2 });
  });

  it('counts a runner that failed without a failed test as a failure', () => {
    expect(tallyVitest(vitest, 1)).toMatchObject({ failed: 1 });
    expect(tallyPlaywright(playwright, 1)).toMatchObject({ failed: 1 });
    expect(tallyPlaywright({ ...playwright, errors: [{}] }, 1)).toMatchObject({ passed: 2, failed: 1 });
  });

  it('sees the warnings of a build through their colours', () => {
    const esc = String.fromCharCode(27);
    expect(warningsIn(`ok\n${esc}[33m⚠ ${esc}[0m careful\nWarning: old\n✓ 0 warnings\n`)).toHaveLength(2);
  });

  it('fails and still ends with its line when asked for something it does not have', async () => {
    const { code, stdout, stderr } = await start(['scripts/test.mjs', '--only', 'magic']).ended;
    expect(stderr).toContain('Usage: npm test');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('0 passed, 1 failed');
    expect(code).toBe(1);
  });

  it('sums, and names skipped tests only when there are any', () => {
    expect(summaryLine(sum([PASSED, COULD_NOT_RUN]))).toBe('1 passed, 1 failed');
    expect(summaryLine({ passed: 5, failed: 0, skipped: 2 })).toBe('5 passed, 0 failed, 2 skipped');
  });
});
