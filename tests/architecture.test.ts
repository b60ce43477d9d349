import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { codeLines } from './support/code-lines';
import { lint } from './support/linter';

// The laws themselves are in biome.json and tests/architecture/*.grit, and `npm test` lints the whole project by
// them. This proves that each of them finds what breaks it, and keeps what no linter says.

/** `lib/a.ts` becomes `lib/a-3.ts`: many cases of one path in one run of the linter. */
const variant = (path: string, n: number) => path.replace(/\.\w+$/, `-${n}$&`);

/** What the linter finds in each of these sources alone. */
async function lintEach(cases: readonly (readonly [path: string, source: string])[]): Promise<string[][]> {
  const found = await lint(Object.fromEntries(cases.map(([path, source], n) => [variant(path, n), source])));
  return cases.map(([path], n) => found.filter((line) => line.startsWith(`${variant(path, n)}: `)));
}

describe('an import goes the wrong way', () => {
  const wrong: readonly (readonly [string, string])[] = [
    ['lib/kakao/token.ts', '../session/keyring'],
    ['lib/kakao/errors.ts', './../session/keyring'],
    ['lib/session/token.ts', '@/lib/db/users'],
    ['lib/db/users.ts', '../kakao/user'],
    ['lib/kakao/user.ts', '../login/finish'],
    ['lib/db/client.ts', '../server/env'],
    ['lib/login/finish.ts', '../server/wiring'],
    ['lib/login/sign-in.ts', '@/app/login/page'],
    ['lib/account/export.ts', '../http/json-views'],
    ['lib/next/viewer.ts', '@/components/login-form'],
    ['lib/next/page.ts', '../../app/layout'],
    ['lib/http/route.ts', '../next/viewer'],
    ['lib/text/ko.ts', '../login/errors'],
    ['components/a.tsx', '@/lib/next/viewer'],
    ['components/b.tsx', '@/lib/db/users'],
    ['components/c.tsx', '../app/page'],
    ['components/d.tsx', 'next/headers'],
    ['components/e.tsx', 'node:fs'],
    ['components/f.tsx', 'next-auth'],
    ['app/a.tsx', '@/emulator/src/index'],
    ['app/b.tsx', 'kakao-emulator'],
    ['app/c.tsx', '@/tests/support/kakao'],
    ['app/d.tsx', '../scripts/start.mjs'],
    ['lib/server/wiring.ts', '../../emulator/src/world/world'],
    ['emulator/src/index.ts', '../../lib/kakao/errors'],
    ['emulator/src/client.ts', '../../app/page'],
    ['emulator/src/world/world.ts', '../../../lib/kakao/errors'],
    ['emulator/src/inspector/panels/faults.ts', '../../../../lib/kakao/errors'],
    ['emulator/src/vitest.ts', 'react'],
    ['emulator/src/main.ts', '../doctor/doctor'],
    ['emulator/doctor/doctor.ts', '../src/world/world.ts'],
    ['emulator/doctor/cases/api.ts', '../../src/world/world.ts'],
    ['emulator/bench/main.ts', '../../lib/kakao/errors'],
    ['lib/login/begin.ts', 'next/server'],
    ['lib/login/deps.ts', 'react'],
    ['lib/kakao/http.ts', 'server-only'],
    ['lib/session/cookie.ts', 'next-auth/jwt'],
    ['lib/loose.ts', './kakao/user'],
    ['proxy.ts', './emulator/src/index'],
    ['server.ts', './scripts/dev.mjs'],
    ['lib/service/define.ts', '../db/client'],
    ['lib/login/finish.ts', '../service/define'],
    ['lib/http/route.ts', '../../kakao-login.config'],
    ['components/a.tsx', '@/lib/service/define'],
  ];
  const ways = (target: string) => [
    `import { a } from '${target}';`,
    `import '${target}';`,
    `import type { A } from '${target}';`,
    `export { a } from '${target}';`,
    `export * from '${target}';`,
    `const a = await import('${target}');`,
    `const a = require('${target}');`,
  ];

  let found: string[][][] = [];
  beforeAll(async () => {
    const all = await lintEach(
      wrong.flatMap(([path, target]) => ways(target).map((way) => [path, way] as const)),
    );
    found = wrong.map(() => all.splice(0, ways('').length));
  });

  it.each(wrong.map(([path, target], n) => [path, target, n] as const))(
    'from %s to %s, however it is written',
    (_path, target, n) => {
      expect(ways(target).filter((_, way) => !found[n]?.[way]?.length)).toEqual([]);
    },
  );

  it('when only running it would tell', async () => {
    const found = await lint({ 'lib/db/users.ts': 'const a = await import(name);' });
    expect(found).toEqual([expect.stringContaining('names its module')]);
  });

  it('as a type in the middle of a file, where no circle would be seen', async () => {
    const found = await lint({ 'lib/db/users.ts': `let k: import('./client').Database;` });
    expect(found).toEqual([expect.stringContaining('import type')]);
  });

  it('but not when it points down, to text, or to itself', async () => {
    const good = {
      'app/page.tsx': `import { a } from '@/lib/next/viewer'; import { b } from '@/components/b'; import './globals.css';`,
      'lib/next/viewer.ts': `import { cache } from 'react'; import { a } from '../login/find-viewer'; import { t } from '../text'; import { s } from '../service/define';`,
      'lib/http/route.ts': `import { a } from '../login/find-viewer'; import { b } from './problem';`,
      'lib/login/finish.ts': `import { a } from '../kakao/token'; import { b } from './errors'; import { c } from '../account/consents';`,
      'lib/server/service.ts': `import options from '../../kakao-login.config'; import { a } from '../service/define';`,
      'lib/db/client.ts': `import { PrismaClient } from './generated/client'; import fs from 'node:fs';`,
      'components/b.tsx': `import type { Text } from '@/lib/text'; import type { Session } from 'next-auth';`,
      'server.ts': `import next from 'next'; import { a } from './lib/http/request';`,
      'scripts/setup.mjs': `import { migrate } from '../lib/db/migrate.ts'; import '../emulator/src/main.ts';`,
      'emulator/src/inspector/panels/faults.ts': `import { a } from '../../world/faults.ts'; import 'jose';`,
      'emulator/doctor/doctor.ts': `import { a } from '../src/client.ts'; import { b } from './report.ts';`,
      'emulator/doctor/cases/api.ts': `import { a } from '../../src/client/apps.ts'; import { b } from '../report.ts';`,
      'emulator/examples/careless/server.mjs': `import { a } from '../../src/client.ts';`,
    };
    expect(await lint(good)).toEqual([]);
  });
});

describe('a circle is found', () => {
  it.each([
    [{ 'lib/db/a.ts': `import './b';`, 'lib/db/b.ts': `import type { A } from './a';` }],
    [{ 'app/a.ts': `import '@/app/b';`, 'app/b.ts': `export * from './a';` }],
    [
      {
        'lib/db/a.ts': `import './b.ts';`,
        'lib/db/b.ts': `export * from './c';`,
        'lib/db/c.ts': `const a = () => import('./a');`,
      },
    ],
    [{ 'lib/text/index.ts': `import './ko';`, 'lib/text/ko.ts': `import '.';` }],
  ])('%j', async (tree) => {
    const found = await lint(tree);
    expect(found).toEqual(
      Object.keys(tree).map((path) => expect.stringContaining(`${path}: noImportCycles`)),
    );
  });

  it('and none where two only share what they know', async () => {
    const shared = { 'lib/db/a.ts': `import './b'; import './c';`, 'lib/db/b.ts': `import './c';` };
    expect(await lint({ ...shared, 'lib/db/c.ts': '' })).toEqual([]);
  });
});

describe('the environment is read in the wrong place', () => {
  const wrong = [
    ['lib/server/wiring.ts', `const a = process.env.A;`],
    ['lib/kakao/http.ts', `const a = process.env['A'] ?? '';`],
    ['lib/kakao/http.ts', `const a = process?.env.A;`],
    ['lib/kakao/http.ts', `const { env } = process;`],
    ['lib/kakao/http.ts', `const { A } = process.env;`],
    ['lib/kakao/http.ts', `const a = globalThis.process.env.A;`],
    ['lib/kakao/http.ts', `import { env } from 'node:process';`],
    ['app/page.tsx', `export default () => <p>{process.env.A}</p>;`],
    ['components/a.tsx', `const a = process.env.NODE_ENV;`],
    ['emulator/src/index.ts', `const a = process.env.PORT;`],
    ['emulator/doctor/doctor.ts', `const a = process.env.PORT;`],
    ['proxy.ts', `const a = process.env.A;`],
    ['server.ts', `const a = process.env.PORT;`],
    ['instrumentation.ts', `const a = process.env.NEXT_RUNTIME;`],
  ] as const;
  let found: string[][] = [];
  beforeAll(async () => {
    found = await lintEach(wrong);
  });

  it.each(wrong.map(([path, source], n) => [path, source, n] as const))('%s: %s', (_path, _source, n) => {
    expect(found[n]).toEqual([expect.stringMatching(/noProcessEnv|reads the environment/)]);
  });

  it('but not where it is allowed, or only talked about', async () => {
    const read = 'const a = process.env.A;';
    const good = {
      'lib/server/env.ts': read,
      'next.config.js': read,
      'prisma.config.ts': read,
      'scripts/setup.mjs': read,
      'emulator/src/main.ts': read,
      'emulator/src/redirect.ts': read,
      'emulator/tests/cli.test.ts': read,
      'lib/server/boot.ts': `// process.env\nprocess.exit(1); const a = 'process.env.A';`,
    };
    expect(await lint(good)).toEqual([]);
  });
});

describe('an unwanted construct is found', () => {
  const wrong = [
    ['lib/server/a.ts', 'let a: any;', 'noExplicitAny'],
    ['tests/a.test.ts', 'const a = b as any;', 'noExplicitAny'],
    ['lib/server/a.ts', 'const a = b!.c;', 'noNonNullAssertion'],
    ['tests/a.test.ts', 'const a = b[0]!;', 'noNonNullAssertion'],
    ['lib/db/users.ts', 'await db.$transaction([]);', 'No transactions'],
    ['lib/db/users.ts', `await db['$transaction']([]);`, 'No transactions'],
    ['app/page.tsx', `'use server'; export const a = 1;`, 'No server actions'],
    ['app/page.tsx', `async function act() { 'use server'; }`, 'No server actions'],
    ['lib/server/a.ts', 'export class Store {}', 'Only errors'],
    ['lib/server/a.ts', 'export default class {}', 'Only errors'],
    ['scripts/a.mjs', 'class Errors extends Store {}', 'Only errors'],
    ['emulator/src/a.ts', 'const A = class extends Map {};', 'Only errors'],
    ['emulator/doctor/a.ts', 'abstract class A<T> extends Map<T, Error> {}', 'Only errors'],
  ] as const;
  let found: string[][] = [];
  beforeAll(async () => {
    found = await lintEach(wrong.map(([path, source]) => [path, source]));
  });

  it.each(wrong.map((each, n) => [...each, n] as const))('%s: %s', (_path, _source, said, n) => {
    expect(found[n]).toEqual([expect.stringContaining(said)]);
  });

  it('and nothing that only looks like one', async () => {
    const source = `// any! 'use server'
      const company = 'any'; const a = !b && c !== d; const text = 'use server';
      export class KakaoError extends Error {}
      export abstract class Refusal<T> extends KakaoError<T> {}`;
    const markup = `export default () => <p>any! it's // no comment</p>;`;
    expect(await lint({ 'lib/server/a.ts': source, 'app/a.tsx': markup })).toEqual([]);
  });
});

/** Files and functions that are too long. Dictionaries may be as long as there is to say. */
function tooLong(path: string, source: string): string[] {
  if (/^lib\/text\/(ko|en)\.ts$/.test(path)) return [];
  const most = /^(tests|e2e|emulator\/tests)\//.test(path) ? 400 : 200;
  const { length, functions } = codeLines(path, source);
  const shipped = /^((app|components|lib|scripts|emulator\/(src|doctor))\/|[^/]+$)/.test(path)
    ? functions
    : [];
  return [
    ...(length > most ? [`${path} has ${length} code lines of ${most}`] : []),
    ...shipped
      .filter((func) => func.length > (func.markup ? 60 : 40))
      .map((func) => `${path}:${func.line} is a function of ${func.length} code lines`),
  ];
}

describe('a budget is overdrawn', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, i) => `const a${i} = ${i};`).join('\n');
  const inside = (count: number) => `export function f() {\n${lines(count - 2)}\n}`;
  const markup = (count: number) => `const A = () => (\n<p>\n${'<b />\n'.repeat(count - 4)}</p>\n);`;

  it('by a file', () => {
    expect(tooLong('lib/server/a.ts', lines(201))).toEqual(['lib/server/a.ts has 201 code lines of 200']);
    expect(tooLong('scripts/a.mjs', lines(201))).toHaveLength(1);
    expect(tooLong('emulator/doctor/a.ts', lines(201))).toHaveLength(1);
    expect(tooLong('tests/a.test.ts', lines(401))).toHaveLength(1);
    expect(tooLong('lib/server/a.ts', lines(200))).toEqual([]);
    expect(tooLong('tests/a.test.ts', lines(400))).toEqual([]);
  });

  it('but never by a dictionary', () => {
    expect(tooLong('lib/text/ko.ts', lines(900))).toEqual([]);
    expect(tooLong('lib/text/format.ts', lines(201))).toHaveLength(1);
  });

  it('by code alone: blank lines and comments are free', () => {
    const free = `/**\n * A comment\n\n */\n// another\n\n`.repeat(50);
    expect(tooLong('lib/server/a.ts', `${free}${lines(200)}`)).toEqual([]);
    const text = `const a = \`\n${'// not a comment\n'.repeat(200)}\`;`;
    expect(tooLong('lib/server/a.ts', text)).toHaveLength(1);
    expect(tooLong('lib/server/a.ts', `const a = /[/*]/;\n${lines(200)}\n// 한글 */`)).toHaveLength(1);
  });

  it('by a function, and later by one that makes markup', () => {
    for (const path of ['lib/server/a.ts', 'scripts/a.mjs', 'emulator/doctor/a.ts', 'server.ts']) {
      expect(tooLong(path, inside(41))).toEqual([`${path}:1 is a function of 41 code lines`]);
      expect(tooLong(path, inside(40))).toEqual([]);
    }
    expect(tooLong('tests/a.test.ts', inside(41))).toEqual([]);
    expect(tooLong('components/a.tsx', markup(60))).toEqual([]);
    expect(tooLong('components/a.tsx', markup(61))).toHaveLength(1);
  });
});

const root = join(import.meta.dirname, '..');
const skipped = new Set(['node_modules', 'generated', 'dist', '.next', 'next-env.d.ts']);
const rooms = ['account', 'db', 'http', 'kakao', 'login', 'next', 'server', 'service', 'session', 'text'];

function filesIn(folder: string, below = true): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (skipped.has(entry.name)) return [];
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return below ? filesIn(path) : [];
    return /\.(ts|tsx|mjs|js)$/.test(path) ? [path] : [];
  });
}

/** Files whose name, or whose folder's name, says nothing. */
function grabBags(paths: readonly string[]): string[] {
  const name = /(^|\/)(utils?|helpers?|constants|types|services|hooks|common|misc)(\.\w+)*(\/|$)/;
  return paths.filter((path) => name.test(path));
}

/** Folders in `lib/` that the arrows do not know, and files in no folder when there are more than two. */
function homeless(paths: readonly string[]): string[] {
  const loose = paths.filter((path) => /^lib\/[^/]+$/.test(path));
  const strange = paths.filter(
    (path) => /^lib\/[^/]+\//.test(path) && !rooms.includes(path.split('/')[1] ?? ''),
  );
  return [...strange, ...(loose.length > 2 ? loose : [])];
}

describe('the house', () => {
  const folders = ['app', 'components', 'lib', 'emulator', 'scripts', 'tests', 'e2e', 'bench'];
  const paths = [...filesIn('.', false), ...folders.flatMap((folder) => filesIn(folder))];
  const read = (path: string) => readFileSync(join(root, path), 'utf8');

  it('is all looked at', () => {
    for (const path of ['app/login/page.tsx', 'lib/kakao/http.ts', 'emulator/src/main.ts']) {
      expect(paths).toContain(path);
    }
    expect(paths.length).toBeGreaterThan(400);
  });

  it('keeps to its budgets', () => {
    expect(paths.flatMap((path) => tooLong(path, read(path)))).toEqual([]);
  });

  it('has no grab-bags', () => {
    expect(grabBags(paths)).toEqual([]);
    const bad = [
      'lib/utils.ts',
      'lib/kakao/helpers.ts',
      'app/constants.ts',
      'components/types.ts',
      'lib/services/a.ts',
      'tests/support/util.ts',
      'lib/hooks.test.ts',
    ];
    expect(grabBags([...bad, 'lib/kakao/user.ts'])).toEqual(bad);
  });

  it('has a room for everything in lib/, but for two files', () => {
    expect(homeless(paths)).toEqual([]);
    expect(homeless(['lib/things/a.ts', 'lib/db/a.ts', 'lib/a.ts', 'lib/b.ts'])).toEqual(['lib/things/a.ts']);
    expect(homeless(['lib/a.ts', 'lib/b.ts', 'lib/c.ts'])).toHaveLength(3);
  });

  it('switches no law off, but for the one variable that Next gives', () => {
    const law =
      /biome-ignore\S* (lint(?!\/)|plugin|lint\/(style|complexity|suspicious)\/(noProcessEnv|noCommonJs|noRestrictedImports|noImportCycles|noExplicitAny|noNonNull\w+))/;
    const ignoring = paths.filter((path) => law.test(read(path)));
    expect(ignoring).toEqual(['instrumentation.ts']);
    expect(read('instrumentation.ts').match(/process\.env.*/g)).toEqual([
      `process.env['NEXT_RUNTIME'] === 'nodejs') {`,
    ]);
  });
});
