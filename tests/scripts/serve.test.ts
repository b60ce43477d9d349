import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder } from './folder.ts';
import { start } from './process.ts';

it('the server reads .env before it listens: a port that stands only there is refused', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, '.env'), 'PORT=80x\n');
  const script = join(import.meta.dirname, '../../scripts/serve.mjs');
  const { code, stderr } = await start([script], { NODE_ENV: 'production', PORT: undefined }, folder).ended;
  expect(stderr).toContain('PORT is not a port');
  expect(code).toBe(1);
});
