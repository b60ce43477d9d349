import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { paletteOf } from '@/lib/service/colors';
import { text } from '@/lib/text';

// kakao-login.config.ts is the only file that a team has to edit for its own name and colours.

const root = join(import.meta.dirname, '../../..');
const shipped = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => /\.(ts|tsx|mjs|js|css|json|svg|html|txt|webmanifest)$/.test(path))
  .filter((path) => !/^(tests|e2e|bench|docs|emulator)\//.test(path));

function filesWith(words: string): string[] {
  return shipped.filter((path) =>
    readFileSync(join(root, path), 'utf8').toLowerCase().includes(words.toLowerCase()),
  );
}

describe('what a service changes is written in one place', () => {
  it.each(['ko', 'en'] as const)('its name in %s', (locale) => {
    expect(filesWith(text(locale).site.name)).toEqual([`lib/text/${locale}.ts`]);
  });

  it.each(Object.entries(paletteOf({})))('its colour %s', (_name, { light, dark }) => {
    for (const color of new Set([light, dark])) {
      // The neutral icon has colours of its own, as a logo has.
      const files = filesWith(color).filter((path) => path !== 'public/icon.svg');
      expect(files, color).toEqual(['lib/service/colors.ts']);
    }
  });

  it('and so is its time zone', () => {
    const own = ['lib/service/define.ts', 'lib/text/format.ts', 'playwright.config.ts'];
    expect(filesWith('Asia/Seoul')).toEqual(own);
  });
});
