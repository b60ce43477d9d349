import { join } from 'node:path';
import { PlainError } from '../plain-error.mjs';
import { run } from '../run/tool.mjs';

/** Brings the database in DATABASE_URL up to date; a process of its own, because it loads TypeScript. */
export async function migrateDatabase(root, say) {
  const script = join(root, 'scripts', 'db-deploy.mjs');
  const { code, output } = await run(process.execPath, [script, '--quiet'], { cwd: root });
  if (code !== 0) throw new PlainError(output.trim());
  if (output.trim() !== '') say(output.trim());
}
