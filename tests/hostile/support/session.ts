import { expect } from 'vitest';
import { openSqlite, type SqliteValue } from '../../../lib/db/sqlite';
import type { Answer } from '../../stack/http';
import type { Stack } from '../../stack/servers';
import type { Visitor } from '../../stack/visitor';

/** The session cookie of a browser: its whole name and the token in it. */
export interface SessionCookie {
  readonly name: string;
  readonly token: string;
}

/** @throws Error for a browser without exactly one session cookie */
export function sessionCookie(visitor: Visitor): SessionCookie {
  const found = [...visitor.cookies].filter(([name]) => /^(__Host-)?session(-\d+)?$/.test(name));
  const [only] = found;
  if (found.length !== 1 || !only) throw new Error(`${found.length} session cookies`);
  return { name: only[0], token: only[1] };
}

/** The names of the cookies of login flows that a browser has. */
export function flowCookies(visitor: Visitor): string[] {
  return [...visitor.cookies.keys()].filter((name) => /^(__Host-)?login(-\d+)?\./.test(name));
}

/** What a browser would send in its `Cookie` header. */
export function cookieHeader(visitor: Visitor): string {
  return [...visitor.cookies].map((pair) => pair.join('=')).join('; ');
}

/** Runs a statement on the database of a stack, as its operator could; its rows by the names of their columns. */
export function runSql(
  { databaseFile }: Pick<Stack, 'databaseFile'>,
  sql: string,
  ...args: SqliteValue[]
): Readonly<Record<string, SqliteValue>>[] {
  const db = openSqlite(databaseFile, { timeout: 5_000 });
  try {
    const statement = db.prepare(sql);
    const named = (row: SqliteValue[]) =>
      statement.columns.map(({ name }, at) => [name, row[at] ?? null] as const);
    return statement.all(args).map((row) => Object.fromEntries(named(row)));
  } finally {
    db.close();
  }
}

/** No answer to bad input may be our fault, show a stack, or repeat what was sent. */
export function expectCalm(answer: Answer, secret?: string): void {
  expect(answer.status).toBeLessThan(500);
  expect(answer.text).not.toMatch(/\bat \S+ \(?\/|node_modules|SQLITE_|PrismaClient/);
  if (secret !== undefined) expect(answer.text).not.toContain(secret);
}
