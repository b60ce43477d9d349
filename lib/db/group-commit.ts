import { DatabaseError } from './errors';
import type { Sqlite } from './sqlite';

/**
 * Runs synchronous writes on a connection; what one returns is on disk when its promise is kept.
 *
 * @throws DatabaseError `busy` when another process holds the lock for too long
 */
export type GroupCommit = <T>(write: () => T) => Promise<T>;

/** `run` may be called again after a rollback; it returns what tells the caller, once all of it is on disk. */
interface Write {
  readonly run: () => () => void;
  readonly reject: (error: unknown) => void;
  /** When to stop waiting for the lock, an epoch in ms. */
  readonly giveUpAt: number;
}

/** Together with what a login may take at Kakao this stays below the 6 s in which everything is answered. */
const lockWaitMs = 750;

/**
 * The writes of one turn of the event loop share one commit, and so one wait for the disk. Nothing is acknowledged
 * before it is on disk; a write that fails fails alone. While another process holds the lock they wait for it together,
 * without blocking anybody.
 *
 * Nothing can come between BEGIN and COMMIT, because everything in between is synchronous. For the same reason there
 * are no other transactions: one that waits for something would take in the writes of everybody who comes along, and
 * lose them with its rollback.
 */
export function groupCommits(connection: Sqlite): GroupCommit {
  let queue: Write[] = [];
  function flush(): void {
    const batches = [queue];
    queue = [];
    for (let writes = batches.shift(); writes; writes = batches.shift()) {
      if (writes.length > 0 && begin(writes)) batches.unshift(...commitTogether(connection, writes));
    }
  }
  function begin(writes: readonly Write[]): boolean {
    try {
      connection.exec('BEGIN IMMEDIATE');
      return true;
    } catch (error) {
      const now = Date.now();
      const waiting = isBusy(error) ? writes.filter(({ giveUpAt }) => giveUpAt > now) : [];
      const reason = isBusy(error) ? new DatabaseError('busy', 'the database stayed locked', error) : error;
      for (const write of writes) if (!waiting.includes(write)) write.reject(reason);
      if (queue.length === 0 && waiting.length > 0) setTimeout(flush, 10 + Math.random() * 20);
      queue.push(...waiting);
      return false;
    }
  }
  return <T>(write: () => T) =>
    new Promise<T>((resolve, reject) => {
      const run = () => {
        const outcome = write();
        return () => resolve(outcome);
      };
      if (queue.length === 0) setImmediate(flush);
      queue.push({ run, reject, giveUpAt: Date.now() + lockWaitMs });
    });
}

/** Returns the batches that have to run again: SQLite undid them because of another write. */
function commitTogether(connection: Sqlite, writes: readonly Write[]): Write[][] {
  const acknowledge: (() => void)[] = [];
  try {
    for (const write of writes) {
      acknowledge.push(attempt(write));
      // A full disk makes SQLite roll back by itself: what comes next would be on disk without a commit.
      if (!connection.inTransaction()) {
        acknowledge.pop()?.();
        return [writes.filter((other) => other !== write)];
      }
    }
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.inTransaction()) connection.exec('ROLLBACK');
    // Together they may not find the room that each of them would.
    if (writes.length > 1) return writes.map((write) => [write]);
    for (const { reject } of writes) reject(error);
    return [];
  }
  for (const tell of acknowledge) tell();
  return [];
}

function attempt({ run, reject }: Write): () => void {
  try {
    return run();
  } catch (error) {
    return () => reject(error);
  }
}

function isBusy(error: unknown): boolean {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined;
  return code === 'busy' || (typeof code === 'string' && code.startsWith('SQLITE_BUSY'));
}
