/** Whether a URL means a PostgreSQL database; all others mean a SQLite file. */
export function isPostgresql(url: string): boolean {
  return /^postgres(ql)?:/.test(url);
}

/** What is wrong with the URL of a database, as the end of a sentence about it; `null` when it can be one. */
export function databaseUrlProblem(url: string): string | null {
  // Without a host it is a socket of this machine: postgresql:///app?host=/run/postgresql
  const isNamed = URL.canParse(url) && /^\/[^/]+$/.test(new URL(url).pathname);
  if (isPostgresql(url) ? !isNamed : !/^file:./.test(url))
    return 'must be file:PATH (SQLite) or postgresql://USER:PASSWORD@HOST/DATABASE';
  const schema = isPostgresql(url) ? (new URL(url).searchParams.get('schema') ?? 'public') : 'public';
  return schema === 'public' ? null : 'must not name a schema of PostgreSQL: the tables are in public';
}
