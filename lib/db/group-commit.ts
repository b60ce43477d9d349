import type { SqlDriverAdapter, SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';

interface Write {
  readonly run: () => Promise<unknown>;
  readonly resolve: (outcome: Promise<unknown>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A SQLite adapter whose writes of one turn of the event loop share one commit, and so one wait for the
 * disk. Nothing is acknowledged before it is on disk; a statement that fails fails alone.
 *
 * Every statement of the driver runs synchronously, so nothing can come between BEGIN and COMMIT. For the
 * same reason there are no other transactions: the adapter's own would take in the statements of everybody
 * who comes along, and lose them with its rollback.
 */
export function withGroupCommit(factory: SqlDriverAdapterFactory): SqlDriverAdapterFactory {
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => groupCommits(await factory.connect()),
  };
}

function groupCommits(adapter: SqlDriverAdapter): SqlDriverAdapter {
  let queue: Write[] = [];
  function enqueue<T>(run: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (queue.length === 0) setImmediate(flush);
      queue.push({ run, resolve: (outcome) => resolve(outcome as Promise<T>), reject });
    });
  }
  function flush(): void {
    const writes = queue;
    queue = [];
    commitTogether(adapter, writes);
  }
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: (query) =>
      isWrite(query.sql) ? enqueue(() => adapter.queryRaw(query)) : adapter.queryRaw(query),
    executeRaw: (query) => enqueue(() => adapter.executeRaw(query)),
    executeScript: (script) => adapter.executeScript(script),
    startTransaction: () =>
      Promise.reject(new Error('there are no transactions on SQLite: one statement a write')),
    dispose: () => adapter.dispose(),
  };
}

function isWrite(sql: string): boolean {
  return /^\s*(insert|update|delete|replace)\b/i.test(sql);
}

/** Synchronous from BEGIN to COMMIT: the driver throws, it does not reject. */
function commitTogether(adapter: SqlDriverAdapter, writes: readonly Write[]): void {
  let begun = false;
  const outcomes: Promise<unknown>[] = [];
  try {
    adapter.executeScript('BEGIN IMMEDIATE');
    begun = true;
    for (const write of writes) outcomes.push(write.run());
    adapter.executeScript('COMMIT');
  } catch (error) {
    if (begun) rollBack(adapter);
    for (const outcome of outcomes) outcome.catch(() => undefined);
    for (const write of writes) write.reject(error);
    return;
  }
  for (const [index, write] of writes.entries()) write.resolve(outcomes[index] ?? Promise.resolve());
}

function rollBack(adapter: SqlDriverAdapter): void {
  try {
    adapter.executeScript('ROLLBACK');
  } catch {
    // SQLite has rolled back by itself (disk full, I/O error): there is nothing left to undo.
  }
}
