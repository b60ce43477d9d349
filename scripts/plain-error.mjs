/** A failure that its reader can act on: one plain sentence, printed without a stack. */
export class PlainError extends Error {
  name = 'PlainError';
}

/** Ends an entry script that failed: one sentence for what we foresaw, the stack for what we did not. */
export function exitWith(error) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(1);
}
