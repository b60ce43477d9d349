import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { bundleServer } from '../scripts/build.mjs';
import { emptyFolder } from './scripts/folder';
import { start } from './scripts/process';

it('the server reads .env before it listens, and names all that is wrong there in one message', async () => {
  const folder = emptyFolder();
  writeFileSync(
    join(folder, '.env'),
    'PORT=80x\nKAKAO_CLIENT_SECRET="\'x\'"\nKAKAO_API_ORIGIN=https://kapi.example\n',
  );
  const script = await bundleServer('test-front');
  const unset = {
    PORT: undefined,
    NEXTAUTH_URL: undefined,
    NEXTAUTH_SECRET: undefined,
    KAKAO_CLIENT_ID: undefined,
  };
  const { code, stderr } = await start([script], { NODE_ENV: 'production', ...unset }, folder).ended;
  const [title, ...problems] = stderr.trimEnd().split('\n');
  expect(title).toBe('The configuration is not usable:');
  expect(problems.map((problem) => problem.split(' ')[3])).toEqual(
    expect.arrayContaining([
      'PORT',
      'NEXTAUTH_URL',
      'NEXTAUTH_SECRET',
      'KAKAO_CLIENT_ID',
      'KAKAO_CLIENT_SECRET',
      'KAKAO_APP_ID',
      'KAKAO_API_ORIGIN',
    ]),
  );
  expect(stderr).not.toContain('kapi.example');
  expect(code).toBe(1);
});
