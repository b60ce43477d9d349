import { test as base, expect } from '@playwright/test';
import { Database } from '../../tests/stack/database';
import { type Kakao, kakaoOf, type Person } from '../../tests/stack/kakao';
import { type Stack, stackOf } from '../../tests/stack/servers';
import { Visitor } from '../../tests/stack/visitor';

interface Fixtures {
  /** Kakao, as it is at the start. */
  readonly kakao: Kakao;
  /** A Kakao Account that nobody has used yet. */
  readonly person: Person;
  /** Another one. */
  readonly stranger: Person;
  readonly database: Database;
  /** Somebody without a browser. */
  readonly visitor: Visitor;
}

/** Every test has its own people and its own browser context, and Kakao for itself. */
export const test = base.extend<Fixtures, { readonly stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of fixtures from this pattern
    async ({}, use, { parallelIndex }) => use(stackOf(parallelIndex)),
    { scope: 'worker' },
  ],
  baseURL: async ({ stack }, use) => use(stack.appUrl),
  kakao: [
    async ({ stack }, use) => {
      const kakao = kakaoOf(stack);
      await kakao.reset();
      await use(kakao);
    },
    { auto: true },
  ],
  person: async ({ kakao }, use) => use(await kakao.addPerson()),
  stranger: async ({ kakao }, use) => use(await kakao.addPerson()),
  database: async ({ stack }, use) => use(new Database(stack.databaseFile)),
  visitor: async ({ stack }, use) => use(new Visitor(stack)),
});

export { expect };
