import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migratePostgresql, pendingOnPostgresql } from '@/lib/db/migrate-postgresql';
import { postgresqlDiff, postgresqlSchema } from '../../scripts/new-migration.mjs';
import { start } from '../scripts/process';
import { askPostgresql, createPostgresql, postgresqlMigrations } from '../support/postgresql';

let database: Awaited<ReturnType<typeof createPostgresql>>;
beforeEach(async () => {
  database = await createPostgresql({ empty: true });
});
afterEach(() => database.drop());

const tables = async () =>
  (await askPostgresql(database.url, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`)).map(
    ({ tablename }) => tablename,
  );

/** The migrations of the app, and one more. */
function migrationsAnd(name: string, sql: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'migrations-'));
  cpSync(postgresqlMigrations, folder, { recursive: true });
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'migration.sql'), sql);
  return folder;
}

it('what the migrations make is what the models say, as both databases have them', async () => {
  const models = readFileSync(join(import.meta.dirname, '../../prisma/schema.prisma'), 'utf8');
  const schema = readFileSync(join(postgresqlMigrations, '../schema.prisma'), 'utf8');
  expect(schema).toBe(postgresqlSchema(models));
  const described = await createPostgresql({ empty: true });
  try {
    await askPostgresql(described.url, await postgresqlDiff(null, schema));
    await migratePostgresql(database.url, postgresqlMigrations);
    expect(await shapeOf(database.url)).toEqual(await shapeOf(described.url));
  } finally {
    await described.drop();
  }
});

/** Columns, indexes and constraints, but for those of the migrations themselves. */
async function shapeOf(url: string) {
  const ours = `NOT IN ('_locks', '_prisma_migrations')`;
  const shape = await Promise.all([
    askPostgresql(
      url,
      `SELECT table_name, column_name, data_type, datetime_precision, is_nullable, column_default
       FROM information_schema.columns WHERE table_schema = 'public' AND table_name ${ours} ORDER BY 1, 2`,
    ),
    askPostgresql(
      url,
      `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename ${ours} ORDER BY 1`,
    ),
    askPostgresql(
      url,
      `SELECT conrelid::regclass::text AS "table", conname, pg_get_constraintdef(oid) AS "definition" FROM pg_constraint
       WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text NOT LIKE '%\\_%' ORDER BY 1, 2`,
    ),
  ]);
  expect(shape.every((rows) => rows.length > 5)).toBe(true);
  return shape;
}

it('of ten at once one applies each migration, and the others wait until it is done', async () => {
  const folder = migrationsAnd('29990101000000_slow', 'SELECT pg_sleep(1); CREATE TABLE "Slow" ("id" TEXT)');
  const each = Array.from({ length: 10 }, async () => {
    const applied = await migratePostgresql(database.url, folder);
    expect(await tables()).toContain('Slow');
    return applied;
  });
  const applied = await Promise.all(each);
  expect(applied.flat().sort()).toEqual([expect.stringMatching(/_init$/), '29990101000000_slow']);
  expect(await pendingOnPostgresql(database.url, folder)).toEqual([]);
});

it('one that fails leaves nothing of itself, and the database as it was', async () => {
  const folder = migrationsAnd('29990101000000_bad', 'CREATE TABLE "Half" ("id" TEXT); SELECT nonsense');
  await expect(migratePostgresql(database.url, folder)).rejects.toMatchObject({
    code: 'failed',
    migration: '29990101000000_bad',
  });
  expect(await tables()).not.toContain('Half');
  expect(await tables()).toContain('User');
  expect(await pendingOnPostgresql(database.url, folder)).toEqual(['29990101000000_bad']);
});

it('one that was edited afterwards, and a database that is newer, are refused', async () => {
  const folder = migrationsAnd('29990101000000_more', 'CREATE TABLE "More" ("id" TEXT)');
  await migratePostgresql(database.url, folder);
  await expect(migratePostgresql(database.url, postgresqlMigrations)).rejects.toMatchObject({
    code: 'newer_database',
  });
  const edited = migrationsAnd('29990101000000_more', 'CREATE TABLE "Other" ("id" TEXT)');
  await expect(pendingOnPostgresql(database.url, edited)).rejects.toMatchObject({ code: 'checksum_changed' });
});

it('npm run db:deploy applies what is pending, and then says that nothing is', async () => {
  const deploy = () => start(['scripts/db-deploy.mjs'], { DATABASE_URL: database.url }).ended;
  expect(await deploy()).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Applied migration \d+_init\./),
  });
  expect(await deploy()).toMatchObject({ code: 0, stdout: 'The database is up to date.\n' });
});

it('npm run db:deploy says what it could not open, and no password', async () => {
  const url = Object.assign(new URL(database.url), {
    password: 'hidden',
    pathname: '/no-such-database',
  }).href;
  const { code, stderr } = await start(['scripts/db-deploy.mjs'], { DATABASE_URL: url }).ended;
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The database in DATABASE_URL cannot be used: .*no-such-database.*\. Check .*\n$/);
  expect(stderr).not.toContain('hidden');
});
