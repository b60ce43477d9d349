import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PlainError } from '../plain-error.mjs';
import { run, toolCommand } from '../run/tool.mjs';
import { fingerprint, isStamped, stamp, unstamp } from './stamp.mjs';

const STEP = 'prisma-client';
const SOURCES = ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/@prisma/client/package.json'];

/** Generates the Prisma client when the schema, its configuration or Prisma's version changed. */
export async function generatePrismaClient(root, say) {
  const wanted = fingerprint(root, SOURCES);
  const client = join(root, 'lib', 'db', 'generated', 'client.ts');
  if (existsSync(client) && isStamped(root, STEP, wanted)) return;
  unstamp(root, STEP);
  const env = { ...process.env, CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1' };
  const { code, output } = await run(...toolCommand('prisma', ['generate'], root), { cwd: root, env });
  if (code !== 0 || !existsSync(client)) {
    console.error(output.trimEnd());
    throw new PlainError(
      'The Prisma client could not be generated: correct prisma/schema.prisma as told above.',
    );
  }
  stamp(root, STEP, wanted);
  say('Generated the Prisma client.');
}
