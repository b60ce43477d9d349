import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ensureEnvFile } from '../../scripts/setup/env-file.mjs';
import { emptyFolder } from './folder.ts';

function ensure(text?: string) {
  const root = emptyFolder();
  const file = join(root, '.env');
  if (text !== undefined) writeFileSync(file, text, { mode: 0o640 });
  const said: string[] = [];
  ensureEnvFile(root, (line: string) => said.push(line));
  return { root, file, said, text: readFileSync(file, 'utf8') };
}

describe('set-up and .env', () => {
  it.each([
    'NEXTAUTH_SECRET=mine\r\nKAKAO_CLIENT_ID=abc\r\n',
    'export NEXTAUTH_SECRET="mine"',
    '# mine\n\n  NEXTAUTH_SECRET = mine # why',
  ])('keeps an existing file with a secret byte for byte: %j', (text) => {
    const kept = ensure(text);
    expect(kept.text).toBe(text);
    expect(kept.said).toEqual([]);
    expect(statSync(kept.file).mode & 0o777).toBe(0o640);
  });

  it.each(['', 'KAKAO_CLIENT_ID=abc', 'NEXTAUTH_SECRET=\n', '# NEXTAUTH_SECRET=x\n', 'NEXTAUTH_SECRET=""\n'])(
    'adds a secret behind what is there when it has none: %j',
    (text) => {
      const added = ensure(text);
      expect(added.text.startsWith(text)).toBe(true);
      expect(added.text.slice(text.length)).toMatch(/^\n?NEXTAUTH_SECRET=[\w-]{64}\n$/);
      expect(added.said).toHaveLength(1);
    },
  );

  it('makes one with a random secret that only its owner can read, and nothing else beside it', () => {
    const made = ensure();
    expect(made.text).toMatch(/^NEXTAUTH_SECRET=[\w-]{43,}$/m);
    expect(made.text.match(/^[A-Z_]+=/gm)).toEqual(['NEXTAUTH_SECRET=']);
    expect(statSync(made.file).mode & 0o777).toBe(0o600);
    expect(readdirSync(made.root)).toEqual(['.env']);
    expect(made.text).not.toBe(ensure().text);
  });
});
