import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, for nobody but us; one that is there stays as it is. Not
 * `mkdirSync(…, { recursive: true })`: that one never returns where a file system refuses new folders with ENOENT, as
 * /proc does (seen on Node 20).
 *
 * @throws the system's error for the folder that cannot be made
 */
export function makeFolder(path: string): void {
  if (isFolder(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

const inMemory = ':memory:';

/**
 * Makes a database file that nobody but us can read, or takes the rights of everybody else to one that is there. SQLite
 * gives the files beside it the same rights. A file of somebody else's stays as it is.
 *
 * @throws the system's error for a file that cannot be made
 */
export function makePrivateFile(file: string): void {
  if (file === inMemory) return;
  // One that is there is never opened here: closing it would release the locks that SQLite has on it in this process.
  if (modeOf(file) === undefined) create(file);
  for (const path of [file, `${file}-wal`, `${file}-shm`]) {
    if (isPrivate(path)) continue;
    try {
      chmodSync(path, 0o600);
    } catch (error) {
      // Somebody else's, or gone since.
      if (!['EPERM', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}

/** Whether nobody but the owner of a file has rights to it; yes for one that is not there. */
export function isPrivate(file: string): boolean {
  return process.platform === 'win32' || ((modeOf(file) ?? 0) & 0o077) === 0;
}

function create(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}

function modeOf(path: string): number | undefined {
  return statSync(path, { throwIfNoEntry: false })?.mode;
}
