import { test as base, expect } from '@playwright/test';
import { type Fixtures, fixtures } from '../../tests/stack/fixtures';
import { type Stack, stackOf } from '../../tests/stack/servers';

/** Every test has its own people and its own browser context, and Kakao for itself. */
export const test = base.extend<Fixtures, { readonly stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
    async ({}, use, { parallelIndex }) => use(stackOf(parallelIndex)),
    { scope: 'worker' },
  ],
  baseURL: async ({ stack }, use) => use(stack.appUrl),
  ...fixtures,
  kakao: [fixtures.kakao, { auto: true }],
});

export { expect };
