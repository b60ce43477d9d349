import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isInstalled } from '../../scripts/setup/dependencies.mjs';
import { checkNodeVersion } from '../../scripts/setup/node-version.mjs';
import { emptyFolder } from './folder.ts';

const wanted = {
  '': { name: 'root' },
  emulator: { name: 'workspace' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/for-windows': { version: '1.0.0', optional: true },
  'node_modules/workspace': { link: true },
};

function folderWith(installed?: object) {
  const root = emptyFolder();
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: wanted }));
  mkdirSync(join(root, 'node_modules'));
  if (installed !== undefined) {
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: installed }));
  }
  return root;
}

describe('dependencies are installed again', () => {
  it('after an npm ci that broke off, which leaves no hidden lockfile', () => {
    expect(isInstalled(folderWith())).toBe(false);
  });

  it('when the lockfile wants another version', () => {
    expect(isInstalled(folderWith({ 'node_modules/a': { version: '0.9.0' } }))).toBe(false);
  });

  it('when one that is not optional is missing', () => {
    expect(isInstalled(folderWith({}))).toBe(false);
  });

  it('but not when everything for this platform is there', () => {
    expect(isInstalled(folderWith({ 'node_modules/a': { version: '1.0.0' } }))).toBe(true);
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
