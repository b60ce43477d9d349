import { test as base, expect } from 'vitest';
import { Database } from '../../stack/database';
import { type Kakao, kakaoOf, type Person } from '../../stack/kakao';
import { type Stack, stackOf } from '../../stack/servers';
import { Visitor } from '../../stack/visitor';

interface Fixtures {
  readonly stack: Stack;
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

/** Every test has its own people, and Kakao for itself. */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads the names of fixtures from this pattern
  stack: async ({}, use) => use(stackOf(Number(process.env['VITEST_POOL_ID']) - 1)),
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
