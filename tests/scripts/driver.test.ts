import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packagesOf } from '../../scripts/setup/driver.mjs';
import { emptyFolder } from './folder.ts';
import { start } from './process.ts';

const ROOT = join(import.meta.dirname, '../..');
const SET_UP = `
  import { exitWith } from '${join(ROOT, 'scripts/run/command.mjs')}';
  import { setUp } from '${join(ROOT, 'scripts/setup.mjs')}';
  await setUp(['driver'], { root: process.argv[1] }).catch(exitWith);`;

/** The packages are there; the driver is not, and its binary cannot be downloaded. */
function project(): string {
  const root = emptyFolder();
  mkdirSync(join(root, 'node_modules'));
  copyFileSync(join(ROOT, 'package-lock.json'), join(root, 'package-lock.json'));
  copyFileSync(join(ROOT, 'package-lock.json'), join(root, 'node_modules/.package-lock.json'));
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'));
  for (const path of Object.keys(packages)) {
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, 'package.json'), '{}');
  }
  return root;
}

function setUpDriver(path: string) {
  const env = {
    PATH: path,
    npm_execpath: undefined,
    npm_config_better_sqlite3_binary_host: 'http://127.0.0.1:9',
  };
  return start(['--input-type=module', '-e', SET_UP, project()], env).ended;
}

/** A folder for PATH with Node, npm, git and what a shell script needs, and without Python or a compiler. */
function barePath(): string {
  const folder = emptyFolder();
  symlinkSync(process.execPath, join(folder, 'node'));
  for (const name of ['npm', 'git', 'sh', 'cat', 'cp', 'ls', 'mkdir', 'rm', 'uname']) {
    symlinkSync(find(name), join(folder, name));
  }
  return folder;
}

function find(name: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const found = folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
  if (found === undefined) throw new Error(`${name} is not on the PATH`);
  return realpathSync(found);
}

describe('a machine without Python and a compiler, where the driver cannot be downloaded', () => {
  it('is told in one sentence what it lacks, what to install, and which Node needs none of it', async () => {
    const { code, stderr } = await setUpDriver(barePath());
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain('lacks python3, make, g++: install');
    expect(stderr).toContain('or use Node 24.16 or newer');
  }, 60_000);

  it('gets them from apt-get when that is there and we are root', async () => {
    const path = barePath();
    const log = join(path, 'asked');
    const aptGet = `#!/bin/sh\necho "$@" >> ${log}\necho 'Unable to locate package'\nexit 100\n`;
    writeFileSync(join(path, 'apt-get'), aptGet, { mode: 0o755 });
    const { code, stderr } = await setUpDriver(path);
    const asked = existsSync(log) ? readFileSync(log, 'utf8') : '';
    const wanted = 'update\ninstall -y --no-install-recommends python3 make g++\n';
    expect(code).toBe(1);
    expect(asked).toBe(process.getuid?.() === 0 ? wanted : '');
    expect(stderr.trim().split('\n').at(-1)).toContain('or use Node 24.16 or newer');
  }, 60_000);
});

describe('the packages of the driver', () => {
  it('are the ones that Node finds from each package', () => {
    const locked = {
      '': { dependencies: { a: '1', x: '1' } },
      'node_modules/a': { dependencies: { b: '1', c: '1' }, optional: true },
      'node_modules/a/node_modules/b': { dependencies: { c: '1' } },
      'node_modules/b': {},
      'node_modules/c': { dependencies: { a: '1' } },
      'node_modules/x': {},
    };
    expect(Object.keys(packagesOf('a', locked))).toEqual([
      'node_modules/a',
      'node_modules/a/node_modules/b',
      'node_modules/c',
    ]);
    // npm lets an optional package fail in silence.
    expect(packagesOf('a', locked)['node_modules/a']).not.toHaveProperty('optional');
  });
});
