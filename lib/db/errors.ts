/** The database cannot be used as it is: not writable, not in the promised mode, busy for too long. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: 'unusable' | 'busy';

  constructor(code: 'unusable' | 'busy', message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}
