import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import pg from 'pg';
import { migratePostgresql } from '@/lib/db/migrate-postgresql';

/** The PostgreSQL whose databases the tests may make and drop; of the suites that run on both, whether this one is on it. */
const server = process.env['TEST_DATABASE_URL'] ?? '';
export const onPostgresql = process.env['TEST_DATABASE'] === 'postgresql';

export const postgresqlMigrations = join(import.meta.dirname, '../../prisma/postgresql/migrations');

/** One statement, or several without values, as its operator could send them. */
export async function askPostgresql(url: string, sql: string, values?: readonly unknown[]) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(sql, values && [...values]);
    return rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

/** A database of its own on the server of the tests, with the migrations unless it is to be `empty`. */
export async function createPostgresql({ empty = false } = {}) {
  const name = `kakao_login_test_${randomUUID().replaceAll('-', '')}`;
  await askPostgresql(server, `CREATE DATABASE "${name}"`);
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  if (!empty) await migratePostgresql(url, postgresqlMigrations);
  return {
    url,
    name,
    /** Ends every connection to it, as a server does that ends. */
    disconnect: () =>
      askPostgresql(server, 'SELECT pg_terminate_backend("pid") FROM pg_stat_activity WHERE "datname" = $1', [
        name,
      ]),
    /** Lets nobody in, or everybody again. */
    allow: (isAllowed: boolean) =>
      askPostgresql(server, `ALTER DATABASE "${name}" ALLOW_CONNECTIONS ${isAllowed}`),
    drop: () => askPostgresql(server, `DROP DATABASE "${name}" WITH (FORCE)`),
  };
}

/** Lets nobody write until the answer is called, as somebody does who changes the tables. */
export async function lockTables(url: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('BEGIN');
  await client.query('LOCK TABLE "User", "Session" IN EXCLUSIVE MODE');
  return () => client.end();
}
