import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, test as base, beforeAll, describe, expect, it } from 'vitest';
import { controlClient } from '../src/client.ts';
import { withKakao } from '../src/fixtures.ts';
import { type Emulator, startEmulator } from '../src/index.ts';
import { kakaoFixtures } from '../src/vitest.ts';
import { people } from './kakao.ts';

let shared: Emulator;
beforeAll(async () => {
  shared = await startEmulator({ port: 0 });
});
afterAll(() => shared.close());

const open = () => controlClient(shared.url).namespaces.list();

describe('a lent Kakao ends', () => {
  it('after the test, and when the test fails', async () => {
    const failed = withKakao({ url: shared.url }, async (kakao) => {
      expect(await open()).toEqual([{ name: expect.any(String), url: kakao.url }]);
      throw new Error('the test failed');
    });
    await expect(failed).rejects.toThrow('the test failed');
    expect(await open()).toEqual([]);
  });

  it('with its port, when it is an emulator', async () => {
    let url = '';
    await withKakao({}, async (kakao) => {
      url = kakao.url;
      expect(await kakao.users.list()).not.toEqual([]);
    });
    await expect(fetch(url)).rejects.toThrow();
  });

  it('not at all where no emulator runs', async () => {
    const { url, close } = await startEmulator({ port: 0 });
    await close();
    await expect(withKakao({ url }, async () => undefined)).rejects.toThrow('fetch failed');
  });
});

describe('the fixture of Vitest', () => {
  const test = base.extend(kakaoFixtures());
  const seen: string[] = [];

  test('gives a test its Kakao', async ({ kakao }) => {
    seen.push(kakao.url);
    await kakao.users.remove(people.plain);
    expect((await kakao.users.list()).map(({ id }) => id)).not.toContain(people.plain);
  });

  test('and the next one another', async ({ kakao }) => {
    expect(seen).not.toContain(kakao.url);
    expect((await kakao.users.list()).map(({ id }) => id)).toContain(people.plain);
  });
});

describe('the fixture of Playwright', () => {
  const run = promisify(execFile);
  const cli = fileURLToPath(new URL('../../node_modules/@playwright/test/cli.js', import.meta.url));
  const config = fileURLToPath(new URL('./playwright/playwright.config.ts', import.meta.url));

  /** What Playwright reports of the tests in tests/playwright. */
  async function report(env: Record<string, string>) {
    const { VITEST: _, ...clean } = process.env;
    const { stdout } = await run(process.execPath, [cli, 'test', '--config', config], {
      env: { ...clean, ...env },
    });
    return JSON.parse(stdout).stats;
  }

  it('gives every test a namespace of the emulator that is named', async () => {
    expect(await report({ KAKAO_URL: shared.url })).toMatchObject({ expected: 2, unexpected: 0 });
    expect(await open()).toEqual([]);
  }, 60_000);
});
