import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInstalled } from '../../scripts/setup/dependencies.mjs';
import { checkNodeVersion, whenChanged } from '../../scripts/setup.mjs';
import { emptyFolder } from './folder.ts';

const major = process.versions.node.split('.')[0];
const wanted = {
  '': {
    name: 'root',
    dependencies: { a: '1.0.0' },
    optionalDependencies: { driver: '1.0.0', 'driver-of-old-nodes': '1.0.0' },
  },
  emulator: { name: 'workspace' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/driver': { version: '1.0.0', optional: true, engines: { node: `18.x || ${major}.x` } },
  'node_modules/driver-of-old-nodes': { version: '1.0.0', optional: true, engines: { node: '16.x || 18.x' } },
  'node_modules/of-the-driver': { version: '1.0.0', optional: true },
  'node_modules/for-windows': { version: '1.0.0', optional: true },
  'node_modules/workspace': { link: true },
};
const a = { 'node_modules/a': { version: '1.0.0' } };
const driver = {
  'node_modules/driver': { version: '1.0.0' },
  'node_modules/of-the-driver': { version: '1.0.0' },
};

/** A project whose hidden lockfile names these packages, all of them there but `removed`. */
function folderWith(installed?: object, removed?: string) {
  const root = emptyFolder();
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }));
  mkdirSync(join(root, 'node_modules'));
  if (installed === undefined) return root;
  writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }));
  for (const path of Object.keys(installed)) {
    if (path === removed) continue;
    mkdirSync(join(root, path), { recursive: true });
    writeFileSync(join(root, path, 'package.json'), '{}');
  }
  return root;
}

describe('dependencies are installed again', () => {
  it('after an npm ci that broke off, which leaves no hidden lockfile', () => {
    expect(isInstalled(folderWith())).toBe(false);
  });

  it('when the lockfile wants another version', () => {
    expect(isInstalled(folderWith({ ...driver, 'node_modules/a': { version: '0.9.0' } }))).toBe(false);
  });

  it('when one that is not optional is missing', () => {
    expect(isInstalled(folderWith(driver))).toBe(false);
  });

  it('when an optional one that the project itself names is missing, such as the SQLite driver', () => {
    expect(isInstalled(folderWith(a))).toBe(false);
  });

  it.each([...Object.keys(a), ...Object.keys(driver)])(
    'when %s was removed since, although the hidden lockfile names it',
    (path) => expect(isInstalled(folderWith({ ...a, ...driver }, path))).toBe(false),
  );

  it('but not when everything for this platform and this Node is there', () => {
    expect(isInstalled(folderWith({ ...a, ...driver }))).toBe(true);
  });
});

describe('Node', () => {
  it.each(['18.20.8', '20.18.3'])('%s is refused in a sentence', (version) => {
    expect(() => checkNodeVersion(version)).toThrow(`found ${version}: install Node 24`);
  });

  it.each(['20.19.0', '22.0.0', '24.1.0'])('%s is accepted', (version) => {
    expect(() => checkNodeVersion(version)).not.toThrow();
  });
});

describe('what is generated', () => {
  /** A source, and a step that makes `made` of it. */
  function step() {
    const root = emptyFolder();
    const [source, made] = [join(root, 'source'), join(root, 'made')];
    writeFileSync(source, 'one');
    let runs = 0;
    const make = async () => {
      runs += 1;
      writeFileSync(made, '');
    };
    const what = { step: 'x', sources: ['source', 'not-there'], result: 'made' };
    const run = async (how = make) => {
      await whenChanged(root, what, how);
      return runs;
    };
    return { source, made, run };
  }

  it('is made once, and again when a source changed', async () => {
    const { source, run } = step();
    expect([await run(), await run()]).toEqual([1, 1]);
    writeFileSync(source, 'two');
    expect([await run(), await run()]).toEqual([2, 2]);
  });

  it('is made again when it is gone', async () => {
    const { made, run } = step();
    await run();
    rmSync(made);
    expect(await run()).toBe(2);
  });

  it('is made again after a failure, even when the sources are as they were before', async () => {
    const { source, run } = step();
    await run();
    writeFileSync(source, 'broken');
    const fail = () => Promise.reject(new Error('no'));
    await expect(run(fail)).rejects.toThrow('no');
    writeFileSync(source, 'one');
    expect(await run()).toBe(2);
  });
});
