import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seedSchema } from '../src/seed/seed-shape.ts';
import { callback, first, people } from './kakao.ts';

const run = promisify(execFile);
const workspace = fileURLToPath(new URL('../', import.meta.url));
const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kakao-package-'));
const home = join(folder, 'somebody');
const installed = join(home, 'node_modules', 'kakao-emulator');
const npm = ['--offline', '--no-audit', '--no-fund', '--loglevel=error'];
const MB = 1024 * 1024;
let emulator: ChildProcess | undefined;
let running = '';

/** Packs a copy of the workspace, so that nothing that is in use is touched, and installs it without a network. */
beforeAll(async () => {
  const copy = join(folder, 'emulator');
  const ofOurs = (path: string) =>
    !/node_modules|\/dist(\/|$)|\/tests(\/|$)/.test(path.slice(workspace.length - 1));
  cpSync(workspace, copy, { recursive: true, filter: ofOurs });
  symlinkSync(modules, join(folder, 'node_modules'));
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{"private":true,"type":"module"}');
  await run('npm', ['pack', ...npm, '--pack-destination', home], { cwd: copy });
  const dependencies = ['jose', 'jsonc-parser'].map((name) => join(modules, name));
  await run('npm', ['pack', ...npm, '--ignore-scripts', '--pack-destination', home, ...dependencies]);
  const tarballs = readdirSync(home).filter((name) => name.endsWith('.tgz'));
  await run('npm', ['install', ...npm, ...tarballs.map((name) => `./${name}`)], { cwd: home });
}, 120_000);

afterAll(() => {
  emulator?.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

function filesBelow(path: string): string[] {
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

function sizeOf(path: string): number {
  return filesBelow(path).reduce((sum, file) => sum + statSync(file).size, 0);
}

/** Starts the installed command and answers where it is. */
async function start(): Promise<string> {
  emulator = spawn(join(home, 'node_modules', '.bin', 'kakao-emulator'), ['--port', '0'], { cwd: home });
  const stdout = emulator.stdout;
  if (!stdout) throw new Error('the command has no output');
  const [line] = await once(stdout, 'data');
  return JSON.parse(String(line)).url;
}

async function curl(...args: string[]): Promise<string> {
  return (await run('curl', ['--silent', '--show-error', ...args])).stdout;
}

describe('the package in an empty folder', () => {
  it('brings nothing but what runs, its types and its papers', () => {
    const names = filesBelow(installed).map((file) => file.slice(installed.length + 1));
    const odd = names.filter(
      (name) =>
        !/^(dist\/.*(\.js|\.d\.ts)|schema\/seed\.schema\.json|bin\/kakao-emulator\.js|package\.json|README\.md|docs\/[\w-]+\.md|LICENSE)$/.test(
          name,
        ),
    );
    expect(odd).toEqual([]);
    for (const name of ['README.md', 'docs/stacks.md', 'LICENSE', 'bin/kakao-emulator.js', 'dist/index.d.ts'])
      expect(names).toContain(name);
  });

  it('brings the schema of seed files that the reader keeps to', async () => {
    const written = await readFile(join(installed, 'schema', 'seed.schema.json'), 'utf8');
    expect(JSON.parse(written)).toEqual(seedSchema());
  });

  it('is smaller than 2 MB with its two dependencies, and than 1 MB by itself', () => {
    expect(readdirSync(join(home, 'node_modules')).filter((name) => !name.startsWith('.'))).toEqual([
      'jose',
      'jsonc-parser',
      'kakao-emulator',
    ]);
    expect(sizeOf(installed)).toBeLessThan(MB);
    expect(sizeOf(join(home, 'node_modules'))).toBeLessThan(2 * MB);
  });

  it('starts with one command and logs a curl client in', async () => {
    const url = await start();
    running = url;
    await curl(`${url}/__emulator/v1/auto-approve`, '--data', JSON.stringify({ userId: people.plain }));
    const query = new URLSearchParams({
      client_id: first.client_id,
      redirect_uri: callback,
      response_type: 'code',
    });
    const sentTo = await curl(
      '--output',
      '/dev/null',
      '--write-out',
      '%{redirect_url}',
      `${url}/oauth/authorize?${query}`,
    );
    const code = new URL(sentTo).searchParams.get('code') ?? '';
    const fields = { grant_type: 'authorization_code', redirect_uri: callback, code, ...first };
    const tokens = JSON.parse(
      await curl(`${url}/oauth/token`, '--data', String(new URLSearchParams(fields))),
    );
    const me = await curl(`${url}/v2/user/me`, '--header', `Authorization: Bearer ${tokens.access_token}`);
    expect(JSON.parse(me)).toMatchObject({
      id: Number(people.plain),
      kakao_account: { profile: { nickname: '서윤' } },
    });
  }, 30_000);

  it('has the scripts of its inspector', async () => {
    const page = await curl(`${running}/__emulator/inspector/main.js`);
    expect(page).toContain("from './");
  });

  it('has every entry that it promises', async () => {
    const { exports } = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8'));
    const names = Object.keys(exports).filter((name) => name !== './package.json' && !name.endsWith('.json'));
    const code = names.map((name) => `await import('kakao-emulator${name.slice(1)}');`).join('\n');
    await run(process.execPath, ['--input-type=module', '--eval', `${code}\nprocess.exit(0)`], { cwd: home });
  }, 30_000);

  it('tells its types to TypeScript', async () => {
    writeFileSync(
      join(home, 'check.ts'),
      `import { startEmulator, type Emulator } from 'kakao-emulator';
      export const started: Promise<Emulator> = startEmulator({ port: 0, tls: {} });
      // @ts-expect-error a port is a number
      startEmulator({ port: '0' });`,
    );
    const options = '--noEmit --strict --skipLibCheck --module nodenext --target es2023 --typeRoots'.split(
      ' ',
    );
    const args = [...options, join(modules, '@types'), '--types', 'node', 'check.ts'];
    await run(join(modules, '.bin', 'tsc'), args, { cwd: home });
  }, 30_000);
});
