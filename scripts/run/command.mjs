import { existsSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The folder of the project, wherever the command was started. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** True in the script that was started, false in one that was imported. */
export function isEntry(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && existsSync(started) && realpathSync(started) === fileURLToPath(moduleUrl);
}

/** A failure that its reader can act on: one plain sentence, printed without a stack. */
export class PlainError extends Error {
  name = 'PlainError';
}

/** Ends an entry script that failed: one sentence for what we foresaw, the stack for what we did not. */
export function exitWith(error, code = 1) {
  console.error(error instanceof PlainError ? error.message : error);
  process.exit(code);
}
