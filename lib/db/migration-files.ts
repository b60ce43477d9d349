import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MigrationError } from './migration-error.ts';

export type MigrationFile = { name: string; sql: string; checksum: string };

/** Reads `<dir>/<name>/migration.sql`, oldest first: the names begin with a timestamp. */
export function readMigrationFiles(dir: string): MigrationFile[] {
  try {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && existsSync(join(dir, entry.name, 'migration.sql')))
      .map((entry) => entry.name)
      .sort()
      .map((name) => {
        const sql = readFileSync(join(dir, name, 'migration.sql'), 'utf8');
        return { name, sql, checksum: checksumOf(sql) };
      });
  } catch (cause) {
    throw new MigrationError('unreadable', `The migrations in ${dir} cannot be read.`, undefined, cause);
  }
}

/** True when `checksum` is that of this file, whatever line endings a checkout gave it. */
export function hasChecksum(file: MigrationFile, checksum: string): boolean {
  if (file.checksum === checksum) return true;
  const unix = file.sql.replaceAll('\r\n', '\n');
  return checksumOf(unix) === checksum || checksumOf(unix.replaceAll('\n', '\r\n')) === checksum;
}

function checksumOf(sql: string): string {
  return createHash('sha256').update(sql).digest('hex');
}
