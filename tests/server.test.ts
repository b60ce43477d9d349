import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundleServer } from '../scripts/build.mjs';
import { emptyFolder } from './scripts/folder';
import { start } from './scripts/process';

it('the server reads .env before it listens: a port that stands only there is refused', async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, '.env'), 'PORT=80x\n');
  const script = await bundleServer('test-front');
  const { code, stderr } = await start([script], { NODE_ENV: 'production', PORT: undefined }, folder).ended;
  expect(stderr).toBe('PORT is not a port: give a number from 1 to 65535, such as PORT=3000.\n');
  expect(code).toBe(1);
});
