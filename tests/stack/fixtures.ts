import { Database } from './database';
import { type Kakao, kakaoOf, type Person } from './kakao';
import type { Stack } from './servers';
import { Visitor } from './visitor';

/** What a test has of the app and the local Kakao, in a browser and without. */
export interface Fixtures {
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

type Needs = Fixtures & { readonly stack: Stack };
type Use<T> = (fixture: T) => Promise<void>;

/** Their set-up, in the form that Playwright and Vitest share: both read what it needs from the parameter's names. */
export const fixtures = {
  kakao: async ({ stack }: Pick<Needs, 'stack'>, use: Use<Kakao>) => {
    const kakao = kakaoOf(stack);
    await kakao.reset();
    await use(kakao);
  },
  person: async ({ kakao }: Pick<Needs, 'kakao'>, use: Use<Person>) => use(await kakao.addPerson()),
  stranger: async ({ kakao }: Pick<Needs, 'kakao'>, use: Use<Person>) => use(await kakao.addPerson()),
  database: async ({ stack }: Pick<Needs, 'stack'>, use: Use<Database>) =>
    use(new Database(stack.databaseFile)),
  visitor: async ({ stack }: Pick<Needs, 'stack'>, use: Use<Visitor>) => use(new Visitor(stack)),
};
