import { defineConfig } from '@playwright/test';

/** What somebody who uses the fixture has; run by tests/fixtures.test.ts. No browser is needed. */
export default defineConfig({
  testDir: '.',
  reporter: 'json',
  outputDir: '../../../test-results/fixture',
  workers: 1,
});
