import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { emptyFolder } from './folder.ts';
import { start } from './process.ts';

const deploy = (DATABASE_URL: string) => start(['scripts/db-deploy.mjs'], { DATABASE_URL }).ended;

it.each(['mysql://localhost/app', 'postgresql://localhost', 'nonsense'])(
  'db:deploy refuses %s in one sentence',
  async (url) => {
    const { code, stderr } = await deploy(url);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^DATABASE_URL must be file:PATH .*\.\n$/);
  },
);

it('db:deploy says which server it cannot reach', async () => {
  const { code, stderr } = await deploy('postgresql://user:hidden@127.0.0.1:1/app');
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The database in DATABASE_URL cannot be used: .*127\.0\.0\.1:1\. Check .*\n$/);
  expect(stderr).not.toContain('hidden');
});

it('db:deploy says what to do about a file that is no database', async () => {
  const file = join(emptyFolder(), 'x.db');
  writeFileSync(file, 'no database at all, '.repeat(99));
  const { code, stderr } = await deploy(`file:${file}`);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^The database .* cannot be used: file is not a database\. Check .*\n$/);
});

it('db:deploy applies what is pending, and then says that nothing is', async () => {
  const url = `file:${join(emptyFolder(), 'new', 'x.db')}`;
  expect(await deploy(url)).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^Applied migration \d+_init\./),
  });
  expect(await deploy(url)).toMatchObject({ code: 0, stdout: 'The database is up to date.\n' });
});
