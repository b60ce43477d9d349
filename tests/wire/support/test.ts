import { test as base, expect } from 'vitest';
import { type Fixtures, fixtures } from '../../stack/fixtures';
import { type Stack, stackOf } from '../../stack/servers';

/** Every test has its own people, and Kakao for itself. */
export const test = base.extend<Fixtures & { readonly stack: Stack }>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of fixtures from this pattern
  stack: async ({}, use) => use(stackOf(Number(process.env['VITEST_POOL_ID']) - 1)),
  ...fixtures,
  kakao: [fixtures.kakao, { auto: true }],
});

export { expect };
