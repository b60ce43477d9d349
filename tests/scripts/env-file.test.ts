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

const both = (secret: string) => `NEXTAUTH_SECRET=${secret}\nSEALING_SECRET=${secret}\n`;

describe('set-up and .env', () => {
  it.each([
    'NEXTAUTH_SECRET=mine\r\nSEALING_SECRET=too\r\nKAKAO_CLIENT_ID=abc\r\n',
    'export NEXTAUTH_SECRET="mine"\nexport SEALING_SECRET="too"',
    '# mine\n\n  NEXTAUTH_SECRET = mine # why\nSEALING_SECRET: too',
  ])('keeps an existing file with both secrets byte for byte: %j', (text) => {
    const kept = ensure(text);
    expect(kept.text).toBe(text);
    expect(kept.said).toEqual([]);
    expect(statSync(kept.file).mode & 0o777).toBe(0o640);
  });

  it.each([
    '',
    'KAKAO_CLIENT_ID=abc',
    both(''),
    both('""'),
    both("' '"),
    '# NEXTAUTH_SECRET=x\n# SEALING_SECRET=x\n',
    'NEXTAUTH_SECRET=mine\nSEALING_SECRET=too\nNEXTAUTH_SECRET=\nSEALING_SECRET=',
  ])('adds two random secrets behind what is there when it has none: %j', (text) => {
    const added = ensure(text);
    expect(added.text.startsWith(text)).toBe(true);
    const lines = /^\n?NEXTAUTH_SECRET=([\w-]{64})\nSEALING_SECRET=([\w-]{64})\n$/;
    const [, one, other] = lines.exec(added.text.slice(text.length)) ?? [];
    expect(one).toBeDefined();
    expect(one).not.toBe(other);
    expect(added.said).toHaveLength(1);
  });

  it('adds only the one that is missing', () => {
    const { text, said } = ensure('NEXTAUTH_SECRET=mine');
    expect(text).toMatch(/^NEXTAUTH_SECRET=mine\nSEALING_SECRET=[\w-]{64}\n$/);
    expect(said).toEqual(['Added a random SEALING_SECRET to .env.']);
  });

  it('makes one with random secrets that only its owner can read, and nothing else beside it', () => {
    const made = ensure();
    expect(made.text).toMatch(/^NEXTAUTH_SECRET=[\w-]{43,}$/m);
    expect(made.text.match(/^[A-Z_]+=/gm)).toEqual(['NEXTAUTH_SECRET=', 'SEALING_SECRET=']);
    expect(statSync(made.file).mode & 0o777).toBe(0o600);
    expect(readdirSync(made.root)).toEqual(['.env']);
    expect(made.text).not.toBe(ensure().text);
  });
});
