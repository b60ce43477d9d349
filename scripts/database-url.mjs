import { resolve } from 'node:path';
import { PlainError } from './plain-error.mjs';
import { ROOT } from './root.mjs';

export const DEFAULT_DATABASE_URL = 'file:./data/kakao-login.db';

/**
 * The SQLite file that a DATABASE_URL means; a relative path starts at the root of the project.
 *
 * @param {string} [url]
 */
export function sqliteFile(url = DEFAULT_DATABASE_URL, root = ROOT) {
  if (/^postgres(ql)?:/.test(url)) {
    throw new PlainError(
      'DATABASE_URL is a PostgreSQL database, and this version supports SQLite only: use file:./data/kakao-login.db.',
    );
  }
  if (!/^file:./.test(url)) {
    throw new PlainError('DATABASE_URL is not usable: it must look like file:./data/kakao-login.db.');
  }
  return resolve(root, url.replace(/^file:/, ''));
}
