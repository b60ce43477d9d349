/** Why a database could not be brought up to date. */
export type MigrationErrorCode =
  /** An applied migration was edited afterwards. */
  | 'checksum_changed'
  /** A migration was started, by another tool, and never finished. */
  | 'unfinished'
  /** The database has migrations that this version of the code does not know. */
  | 'newer_database'
  /** The SQL of a migration did not run; nothing of it was kept. */
  | 'failed'
  /** The migrations folder or the database file cannot be read. */
  | 'unreadable';

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: MigrationErrorCode;
  /** Name of the migration that is in the way, when it is one. */
  readonly migration: string | undefined;

  constructor(code: MigrationErrorCode, message: string, migration?: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.migration = migration;
  }
}
