import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFacts } from './support/architecture/facts';
import { cycles, importViolations } from './support/architecture/imports';
import { readTree, type Tree } from './support/architecture/read-tree';
import {
  budgetViolations,
  constructViolations,
  environmentViolations,
  linesBelow,
  medians,
  nameViolations,
} from './support/architecture/rules';

const files = readFacts(readTree(join(import.meta.dirname, '..')));

/** What the rules say about files that exist only here. */
function judged(tree: Tree): string[] {
  const facts = readFacts(tree);
  return [importViolations, environmentViolations, constructViolations, nameViolations, budgetViolations]
    .flatMap((rule) => rule(facts))
    .concat(cycles(facts));
}

describe('the source', () => {
  it('is all looked at', () => {
    const paths = files.map(({ path }) => path);
    for (const path of ['app/login/page.tsx', 'lib/env.ts', 'lib/kakao/http.ts', 'emulator/src/main.ts']) {
      expect(paths).toContain(path);
    }
    expect(paths.some((path) => path.includes('generated') || path.includes('node_modules'))).toBe(false);
    expect(files.length).toBeGreaterThan(150);
  });

  it('has arrows that only point down', () => {
    expect(importViolations(files)).toEqual([]);
  });

  it('has no circles', () => {
    expect(cycles(files)).toEqual([]);
  });

  it('reads the environment in few places', () => {
    expect(environmentViolations(files)).toEqual([]);
  });

  it('has no any, no !, no transactions, no server actions and no classes but errors', () => {
    expect(constructViolations(files)).toEqual([]);
  });

  it('has no grab-bags', () => {
    expect(nameViolations(files)).toEqual([]);
  });

  it('keeps to its budgets', () => {
    expect(budgetViolations(files)).toEqual([]);
    expect(medians(files).file).toBeLessThanOrEqual(60);
    expect(medians(files).function).toBeLessThanOrEqual(12);
  });

  it('in lib/ is outweighed by its tests', () => {
    expect(linesBelow(files, 'tests/lib/')).toBeGreaterThanOrEqual(linesBelow(files, 'lib/'));
  });
});

describe('an import goes the wrong way', () => {
  it.each([
    ['lib/kakao/token.ts', '../session/keyring'],
    ['lib/session/token.ts', '@/lib/db/users'],
    ['lib/db/users.ts', '../kakao/user'],
    ['lib/kakao/token.ts', '../login/finish'],
    ['lib/db/client.ts', '../env'],
    ['lib/login/finish.ts', '../wiring'],
    ['lib/login/finish.ts', '@/app/login/page'],
    ['lib/viewer.ts', '@/components/login-form'],
    ['lib/viewer.ts', '../app/layout'],
    ['lib/text/ko.ts', '../login/errors'],
    ['components/login-form.tsx', '@/lib/viewer'],
    ['components/login-form.tsx', '@/lib/db/users'],
    ['components/login-form.tsx', '../app/page'],
    ['components/login-form.tsx', 'next/headers'],
    ['components/login-form.tsx', 'node:fs'],
    ['components/login-form.tsx', 'next-auth'],
    ['app/page.tsx', '@/emulator/src/index'],
    ['app/page.tsx', 'kakao-emulator'],
    ['app/page.tsx', '@/tests/support/kakao'],
    ['app/page.tsx', '../scripts/serve.mjs'],
    ['lib/wiring.ts', '../emulator/src/world/world'],
    ['emulator/src/index.ts', '../../lib/kakao/errors'],
    ['emulator/src/index.ts', '../../app/page'],
    ['emulator/src/index.ts', 'react'],
    ['emulator/src/main.ts', '../doctor/doctor'],
    ['emulator/doctor/admit.ts', '../src/world/world'],
    ['lib/login/begin.ts', 'next/server'],
    ['lib/login/begin.ts', 'react'],
    ['lib/kakao/http.ts', 'server-only'],
    ['lib/session/cookie.ts', 'next-auth/jwt'],
    ['proxy.ts', './emulator/src/index'],
  ])('from %s to %s, however it is written', (path, target) => {
    const ways = [
      `import { a } from '${target}';`,
      `import '${target}';`,
      `export { a } from '${target}';`,
      `export * from '${target}';`,
      `const a = await import('${target}');`,
      `const a = require('${target}');`,
    ];
    for (const way of ways) expect(judged({ [path]: way }), way).toEqual([expect.stringContaining(target)]);
  });

  it('also as a type between leaves', () => {
    for (const way of [`import type { K } from '../kakao/user';`, `let k: import('../kakao/user').K;`]) {
      expect(judged({ 'lib/db/users.ts': way }), way).toHaveLength(1);
    }
  });

  it('when it cannot be read', () => {
    expect(judged({ 'lib/db/users.ts': 'const a = await import(name);' })).toHaveLength(1);
  });

  it('when its folder has no place', () => {
    expect(judged({ 'lib/things/a.ts': 'export const a = 1;' })).toEqual([
      expect.stringContaining('no place'),
    ]);
  });

  it('but not when it points down, to text, or to itself', () => {
    const good = {
      'app/page.tsx': `import { a } from '@/lib/viewer'; import { b } from '@/components/b'; import './globals.css';`,
      'lib/viewer.ts': `import { cache } from 'react'; import { a } from './login/find-viewer';`,
      'lib/login/finish.ts': `import { a } from '../kakao/token'; import { b } from './errors';`,
      'lib/db/client.ts': `import { PrismaClient } from './generated/client'; import fs from 'node:fs';`,
      'components/b.tsx': `import type { Text } from '@/lib/text'; import type { Session } from 'next-auth';`,
      'scripts/setup.mjs': `import { migrate } from '../lib/db/migrate.ts'; import '../emulator/src/main.ts';`,
    };
    expect(judged(good)).toEqual([]);
  });
});

describe('a circle is found', () => {
  it('of two and of three, and of types', () => {
    const two = { 'lib/db/a.ts': `import './b';`, 'lib/db/b.ts': `import type { A } from './a';` };
    expect(judged(two)).toEqual(['lib/db/a.ts → lib/db/b.ts → lib/db/a.ts']);
    const three = {
      'lib/db/a.ts': `import './b.ts';`,
      'lib/db/b.ts': `export * from '@/lib/db/c';`,
      'lib/db/c.ts': `const a = () => import('./a');`,
    };
    expect(judged(three)).toHaveLength(1);
    expect(judged({ 'lib/text/index.ts': `import './ko';`, 'lib/text/ko.ts': `import '.';` })).toHaveLength(
      1,
    );
  });

  it('and none where two only share what they know', () => {
    const shared = { 'lib/db/a.ts': `import './b'; import './c';`, 'lib/db/b.ts': `import './c';` };
    expect(judged({ ...shared, 'lib/db/c.ts': '' })).toEqual([]);
  });
});

describe('the environment is read in the wrong place', () => {
  it.each([
    ['lib/wiring.ts', `const a = process.env.A;`],
    ['lib/kakao/http.ts', `const a = process.env['A'] ?? '';`],
    ['lib/kakao/http.ts', `const a = process?.env.A;`],
    ['lib/kakao/http.ts', `const { env } = process;`],
    ['lib/kakao/http.ts', `const { A } = process.env;`],
    ['lib/kakao/http.ts', `const a = globalThis.process.env.A;`],
    ['lib/kakao/http.ts', `import { env } from 'node:process';`],
    ['app/page.tsx', `export default () => <p>{process.env.A}</p>;`],
    ['components/a.tsx', `const a = process.env.NODE_ENV;`],
    ['emulator/src/index.ts', `const a = process.env.PORT;`],
    ['proxy.ts', `const a = process.env.A;`],
    ['instrumentation.ts', `const a = process.env.NEXT_RUNTIME, b = process.env.B;`],
  ])('%s: %s', (path, source) => {
    expect(judged({ [path]: source })).toEqual([expect.stringMatching(/ reads process\.env/)]);
  });

  it('but not where it is allowed, or only talked about', () => {
    const read = 'const a = process.env.A;';
    const good = {
      'lib/env.ts': read,
      'next.config.js': read,
      'prisma.config.ts': read,
      'scripts/setup.mjs': read,
      'emulator/src/main.ts': read,
      'instrumentation.ts': `if (process.env['NEXT_RUNTIME'] === 'nodejs') await import('./lib/boot');`,
      'lib/boot.ts': `// process.env\nprocess.exit(1); const a = 'process.env.A';`,
    };
    expect(judged(good)).toEqual([]);
  });
});

describe('an unwanted construct is found', () => {
  it.each([
    ['lib/a.ts', 'let a: any;', 'any'],
    ['tests/a.test.ts', 'const a = b as any;', 'any'],
    ['lib/a.ts', 'const a = b!.c;', '!'],
    ['tests/a.test.ts', 'const a = b[0]!;', '!'],
    ['lib/db/users.ts', 'await db.$transaction([]);', '$transaction'],
    ['lib/db/users.ts', `await db['$transaction']([]);`, '$transaction'],
    ['app/page.tsx', `'use server'; export const a = 1;`, 'use server'],
    ['app/page.tsx', `async function act() { 'use server'; }`, 'use server'],
    ['lib/a.ts', 'export class Store {}', 'class'],
    ['emulator/src/a.ts', 'const A = class extends Map {};', 'class'],
  ])('%s: %s', (path, source, found) => {
    expect(judged({ [path]: source })).toEqual([`${path} has ${found}`]);
  });

  it('and nothing that only looks like one', () => {
    const source = `// any! 'use server'
      const company = 'any'; const a = !b && c !== d; const text = 'use server';
      export class KakaoError extends Error {}`;
    expect(judged({ 'lib/a.ts': source })).toEqual([]);
    expect(judged({ 'app/a.tsx': `export default () => <p>any! it's // no comment</p>;` })).toEqual([]);
  });
});

describe('a budget is overdrawn', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, i) => `const a${i} = ${i};`).join('\n');
  const inside = (count: number) => `export function f() {\n${lines(count - 2)}\n}`;

  it('by a file', () => {
    expect(judged({ 'lib/a.ts': lines(201) })).toEqual(['lib/a.ts has 201 code lines of 200']);
    expect(judged({ 'scripts/a.mjs': lines(201) })).toHaveLength(1);
    expect(judged({ 'tests/a.test.ts': lines(401) })).toHaveLength(1);
    expect(judged({ 'lib/a.ts': lines(200), 'tests/a.test.ts': lines(400) })).toEqual([]);
  });

  it('by code alone: blank lines and comments are free', () => {
    const free = `/**\n * A comment\n\n */\n// another\n\n`.repeat(50);
    expect(judged({ 'lib/a.ts': `${free}${lines(200)}` })).toEqual([]);
    const text = `const a = \`\n${'// not a comment\n'.repeat(200)}\`;`;
    expect(judged({ 'lib/a.ts': text })).toHaveLength(1);
    expect(judged({ 'lib/a.ts': `const a = /[/*]/;\n${lines(200)}\n// 한글 */` })).toHaveLength(1);
  });

  it('by a function, and later by one that makes markup', () => {
    expect(judged({ 'lib/a.ts': inside(41) })).toEqual(['lib/a.ts:1 is a function of 41 code lines']);
    expect(judged({ 'lib/a.ts': inside(40) })).toEqual([]);
    const markup = (count: number) => `const A = () => (\n<p>\n${'<b />\n'.repeat(count - 4)}</p>\n);`;
    expect(judged({ 'components/a.tsx': markup(60) })).toEqual([]);
    expect(judged({ 'components/a.tsx': markup(61) })).toHaveLength(1);
  });
});

describe('a grab-bag is found', () => {
  it.each([
    'lib/utils.ts',
    'lib/kakao/helpers.ts',
    'app/constants.ts',
    'components/types.ts',
    'lib/services/a.ts',
    'tests/support/util.ts',
    'lib/hooks.test.ts',
  ])('%s', (path) => {
    expect(judged({ [path]: '' })).toContain(`${path} is a grab-bag by name`);
  });
});
