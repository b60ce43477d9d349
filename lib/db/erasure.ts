import { statSync } from 'node:fs';
import { type Sqlite, SqliteError } from './sqlite.ts';

// `secure_delete` overwrites what is erased in its page. Two kinds of copies remain: earlier versions of that page in
// the write-ahead log, and now and then a key that SQLite moved when it split the page of an index.

// Every request may note that a session was used, and every login (sign-in.ts) prunes sessions and history, which begins
// WITH, and keeps the person linked: none of it is what somebody erased. A login that overwrites a profile says so.
const erasing = /^\s*(DELETE(?! FROM "PendingUnlink" WHERE "kakaoId" = \?$)|UPDATE(?! `main`\.`Session`))\b/i;

/** What was erased, and how it leaves the write-ahead log. */
export interface Erasures {
  /** Remembers that something was erased by a statement that does not look like it. */
  readonly noteErasure: () => void;
  /**
   * Empties the write-ahead log, if something was erased; false when another process is reading or writing, and it has to be
   * tried again.
   */
  readonly emptyLog: () => boolean;
}

/** A connection that remembers whether something was erased, or changed. */
export function watchErasures(connection: Sqlite, file: string): Erasures & { readonly connection: Sqlite } {
  // Something may have been when the process ended before this one.
  let isPending = true;
  const watched: Sqlite = {
    ...connection,
    prepare: (sql) => {
      if (erasing.test(sql)) isPending = true;
      return connection.prepare(sql);
    },
  };
  const noteErasure = () => {
    isPending = true;
  };
  const emptyLog = () => {
    if (!isPending) return true;
    const size = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    const [[isBusy] = [0n]] = size > 0 ? connection.prepare('PRAGMA wal_checkpoint(TRUNCATE)').all([]) : [];
    isPending = isBusy !== 0n;
    return !isPending;
  };
  return { connection: watched, noteErasure, emptyLog };
}

/** A file of this size is written anew in less than 100 ms, in which the process does nothing else. */
const maxRewritten = 16_000_000;
/** The `user_version` of a file that was written anew since `secure_delete` is on. */
const rewritten = 1n;

/**
 * Writes a file anew, without any remains: one of at most 16 MB, or, unless `isServing`, a larger one that is older than
 * `secure_delete`.
 * Where there is no room for that, or another process is using it, it stays as it is until the next time.
 */
export function rewriteFile(connection: Sqlite, { isServing = false } = {}): void {
  const [[size = 0n, version = 0n] = []] = connection
    .prepare(
      'SELECT page_count * page_size, user_version FROM pragma_page_count, pragma_page_size, pragma_user_version',
    )
    .all([]);
  const isLarge = Number(size) > maxRewritten;
  if (isLarge && (isServing || version === rewritten)) return;
  try {
    // What it is written from must not become a file of its own elsewhere; a large one may not fit into memory.
    connection.exec(`PRAGMA temp_store = ${isLarge ? 'DEFAULT' : 'MEMORY'}`);
    connection.exec(`VACUUM; PRAGMA user_version = ${rewritten}`);
  } catch (error) {
    const { name } = error instanceof Error ? error : { name: '' };
    if (!(error instanceof SqliteError) && name !== 'DatabaseError') throw error;
  }
}
