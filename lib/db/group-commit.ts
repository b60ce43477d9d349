import type { Sqlite } from './sqlite';

/** Runs synchronous writes on a connection; what one returns is on disk when its promise is kept. */
export type GroupCommit = <T>(write: () => T) => Promise<T>;

/** `run` may be called again after a rollback; it returns what tells the caller, once all of it is on disk. */
interface Write {
  readonly run: () => () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The writes of one turn of the event loop share one commit, and so one wait for the disk. Nothing is acknowledged
 * before it is on disk; a write that fails fails alone.
 *
 * Nothing can come between BEGIN and COMMIT, because everything in between is synchronous. For the same reason there
 * are no other transactions: one that waits for something would take in the writes of everybody who comes along, and
 * lose them with its rollback.
 */
export function groupCommits(connection: Sqlite): GroupCommit {
  let queue: Write[] = [];
  function flush(): void {
    let writes = queue;
    queue = [];
    while (writes.length > 0) writes = commitTogether(connection, writes);
  }
  return <T>(write: () => T) =>
    new Promise<T>((resolve, reject) => {
      const run = () => {
        const outcome = write();
        return () => resolve(outcome);
      };
      if (queue.length === 0) setImmediate(flush);
      queue.push({ run, reject });
    });
}

/** Returns the writes that have to run again: SQLite undid them because of another one. */
function commitTogether(connection: Sqlite, writes: readonly Write[]): Write[] {
  const acknowledge: (() => void)[] = [];
  try {
    connection.exec('BEGIN IMMEDIATE');
    for (const write of writes) {
      acknowledge.push(attempt(write));
      // A full disk makes SQLite roll back by itself: what comes next would be on disk without a commit.
      if (!connection.inTransaction()) {
        acknowledge.pop()?.();
        return writes.filter((other) => other !== write);
      }
    }
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.inTransaction()) connection.exec('ROLLBACK');
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
