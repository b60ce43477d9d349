import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';

const wire = 'tests/wire/**/*.test.ts';
const faults = 'tests/faults/**/*.test.ts';
const hostile = 'tests/hostile/**/*.test.ts';

/** A PostgreSQL whose databases the tests may make and drop. */
const server = process.env['TEST_DATABASE_URL'] || undefined;
const wireOfPostgresql = 'tests/wire/postgresql.test.ts';
/** What takes the database that it is given runs on both. */
const onBoth = readdirSync('tests', { recursive: true, encoding: 'utf8' })
  .map((name) => `tests/${name.replaceAll('\\', '/')}`)
  .filter((path) => path.endsWith('.test.ts') && /\bwith(App|Database)\(/.test(readFileSync(path, 'utf8')));
const postgresql = {
  extends: true as const,
  test: {
    name: 'postgresql',
    include: ['tests/postgresql/**/*.test.ts', ...onBoth],
    env: { TEST_DATABASE: 'postgresql' },
  },
};

export default defineConfig({
  resolve: { alias: [{ find: /^@\//, replacement: fileURLToPath(new URL('./', import.meta.url)) }] },
  test: {
    environment: 'node',
    pool: 'forks',
    // Vitest's own choice leaves one core to itself, which on two cores is half of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    testTimeout: 15_000,
    hookTimeout: 30_000,
    // What is waited for comes when the machine has time for it, not within Vitest's second.
    expect: { poll: { timeout: 30_000 } },
    teardownTimeout: 10_000,
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.ts', 'emulator/tests/**/*.test.ts'],
          exclude: [...configDefaults.exclude, wire, faults, hostile, 'tests/postgresql/**'],
        },
      },
      // What stores and reads, once more on the PostgreSQL in TEST_DATABASE_URL, which makes a database for each file.
      ...(server === undefined ? [] : [postgresql]),
      {
        extends: true,
        // Over HTTP, against the production build: `npm run build` comes first.
        test: {
          name: 'wire',
          include: [wire],
          exclude: [...configDefaults.exclude, ...(server === undefined ? [wireOfPostgresql] : [])],
          globalSetup: './tests/wire/setup.ts',
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        // Minutes of outages, not in `npm test`: `.ci/run` has them.
        test: {
          name: 'faults',
          include: [faults],
          globalSetup: './tests/faults/setup.ts',
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
      {
        extends: true,
        // What must be refused, against the same build.
        test: {
          name: 'hostile',
          include: [hostile],
          globalSetup: './tests/wire/setup.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
