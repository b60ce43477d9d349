import { type Statement, sql } from './prepared.ts';

// Only on PostgreSQL: the table holds nothing, its rows are there to be locked until the end of a transaction. One is for
// migrations, and 256 are for people, of whom several share one.

const rows = Array.from({ length: 256 }, (_, id) => id);
const ids = [-1, ...rows].map((id) => `(${id})`).join();

/** Makes the rows, all of them or none. */
export const createLocks = `
  CREATE TABLE IF NOT EXISTS "_locks" ("id" INTEGER PRIMARY KEY);
  INSERT INTO "_locks" VALUES ${ids} ON CONFLICT DO NOTHING`;

/** Whether the rows are there. */
export const findLocks = `SELECT to_regclass('"_locks"') IS NOT NULL AS "found"`;

/** Makes others who migrate wait. */
export const lockMigrations = `SELECT "id" FROM "_locks" WHERE "id" = -1 FOR UPDATE`;

/**
 * What comes after it in a write, and in other writes that begin with it for the same person, happens one after the
 * other, whether they have a row yet or not.
 */
export function lockPerson(kakaoId: string): Statement {
  let row = 0;
  for (let at = 0; at < kakaoId.length; at += 1) row = (row * 31 + kakaoId.charCodeAt(at)) % rows.length;
  return { ...sql`SELECT "id" FROM "_locks" WHERE "id" = ${row}`, locks: true };
}
