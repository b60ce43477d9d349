import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** True in the script that was started, false in one that was imported. */
export function isEntry(moduleUrl) {
  const started = process.argv[1];
  return started !== undefined && realpathSync(started) === fileURLToPath(moduleUrl);
}
