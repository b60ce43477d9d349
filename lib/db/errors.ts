import { SqliteError } from './sqlite';

type DatabaseErrorCode = 'unusable' | 'busy';

/**
 * The database cannot be used as it is: another process holds its lock for too long (`busy`), or it is full, read-only,
 * damaged, gone, not in the promised mode, or of another version (`unusable`).
 */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: DatabaseErrorCode;

  constructor(code: DatabaseErrorCode, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** Whether an error is a {@link DatabaseError}, or was caused by one. Prisma makes an error of its own, with the same code. */
export function isDatabaseError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name, cause, code } = error as Error & { code?: unknown };
  if (name === 'DatabaseError') return true;
  const isOfPrisma = name === 'PrismaClientKnownRequestError' && (code === 'busy' || code === 'unusable');
  return isOfPrisma || isDatabaseError(cause);
}

const unusable =
  /^SQLITE_(LOCKED|FULL|READONLY|IOERR|CANTOPEN|CORRUPT|NOTADB|PERM|NOMEM|PROTOCOL|SCHEMA|AUTH|NOLFS)/;

/** What a refusal of SQLite means: a {@link DatabaseError} if it is about the whole database, else the refusal itself. */
export function toDatabaseError(error: unknown): unknown {
  if (!(error instanceof SqliteError)) return error;
  const { code, message } = error;
  if (code.startsWith('SQLITE_BUSY')) return new DatabaseError('busy', 'the database is locked', error);
  // The statements are this version's own: what is missing, another version has changed under our feet.
  const isOtherVersion = code === 'SQLITE_ERROR' && /^no such (table|column)|has no column/.test(message);
  if (!unusable.test(code) && !isOtherVersion) return error;
  return new DatabaseError('unusable', `the database cannot be used: ${code}, ${message}`, error);
}
