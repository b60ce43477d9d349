import { spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createKeyring } from '@/lib/session/keyring';
import { signSessionToken } from '@/lib/session/token';

const api = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
const issuer = 'https://login.example.com';
const [newest, older] = ['n'.repeat(32), 'o'.repeat(40)] as const;
const month = 30 * 24 * 3_600;
const year = 365 * 24 * 3_600;
const now = Math.floor(Date.now() / 1_000);

type Language = readonly [name: string, command: string, args: readonly string[]];

const runs = (command: string, ...args: string[]) => spawnSync(command, args).status === 0;
const folder = mkdtempSync(join(tmpdir(), 'verify-token-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const python = ['-I', '-c'];
const installed: readonly (readonly [boolean, Language])[] = [
  [true, ['Node', process.execPath, ['--input-type=module', '-e', snippet('js', '// verify-token.mjs')]]],
  [runs('python3', '--version'), ['Python', 'python3', [...python, snippet('python', '# verify_token.py')]]],
  [
    runs('python3', ...python, 'import jwt'),
    ['PyJWT', 'python3', [...python, snippet('python', '# verify_with_pyjwt.py')]],
  ],
  [runs('go', 'version'), ['Go', 'go', ['run', goFile()]]],
];
const languages = installed.flatMap(([isHere, language]) => (isHere ? [language] : []));
// Not a skipped test: the claim of the page is then shown with the other snippets, and this says so.
const missing = installed.flatMap(([isHere, [name]]) => (isHere ? [] : [name]));
if (missing.length > 0) console.warn(`docs/api.md: not installed here, so not run: ${missing.join(', ')}.`);

describe.each(languages)('the %s snippet of docs/api.md', { timeout: 60_000 }, (_, command, args) => {
  const verify = (token: string, secrets = `${newest}, ${older}`) => {
    const env = { ...process.env, NEXTAUTH_SECRET: secrets, NEXTAUTH_URL: `${issuer}/` };
    const { status, stdout } = spawnSync(command, args, { input: `${token}\n`, encoding: 'utf8', env });
    return { status, stdout: stdout.trim() };
  };

  it('names the user of a freshly signed token', async () => {
    expect(verify(await sign(newest))).toEqual({ status: 0, stdout: 'user-1' });
  });

  it('accepts a token under the older secret', async () => {
    expect(verify(await sign(older))).toEqual({ status: 0, stdout: 'user-1' });
  });

  it.each([
    ['signed with a secret of somebody else', () => sign('x'.repeat(32))],
    ['somebody else signed under our kid', async () => forge(await sign(newest), {}, {}, 'x'.repeat(32))],
    ['whose user was exchanged', async () => swapBody(await sign(newest), { sub: 'user-2', id: 'user-2' })],
    ['without a signature', async () => (await sign(newest)).replace(/[^.]+$/, '')],
    ['that says alg none', async () => forge(await sign(newest), { alg: 'none' }, {}, newest)],
    ['of another issuer', () => sign(newest, { issuer: 'https://evil.example' })],
    ['for another audience', async () => forge(await sign(newest), {}, { aud: 'somebody' }, newest)],
    ['that is over', () => sign(newest, { issuedAt: now - month - 60 })],
    ['from the future', () => sign(newest, { issuedAt: now + 3_600 })],
    ['that lives longer than 365 days', () => sign(newest, { expiresAt: now + year + 3_600 })],
    ['that is none', async () => 'nonsense'],
  ])('refuses a token %s', async (_reason, make) => {
    const { status, stdout } = verify(await make());
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
  });

  it.each([
    ['empty', '', ''],
    ['empty behind a trailing comma', `${newest},`, ''],
    ['of blanks', `${newest}, ,${older}`, ''],
    ['of 31 bytes', `${newest},${'s'.repeat(31)}`, 's'.repeat(31)],
  ])('refuses a token under a secret that is %s', async (_reason, secrets, key) => {
    const kid = createHash('sha256').update(key).digest('hex').slice(0, 8);
    const forged = forge(await sign(newest), { kid }, {}, key);
    const { status, stdout } = verify(forged, secrets);
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
  });
});

it('every snippet that reads the secret says how long it must be', () => {
  const blocks = [...api.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, code = '']) => code);
  const readers = blocks.filter((code) => /NEXTAUTH_SECRET.*split|Getenv\("NEXTAUTH_SECRET"\)/.test(code));
  expect(readers.length).toBe(installed.length);
  for (const code of readers) expect(code).toMatch(/>= 32\b/);
});

function goFile(): string {
  const file = join(folder, 'verify_token.go');
  writeFileSync(file, snippet('go', '// verify_token.go'));
  return file;
}

/** The code block in `language` that begins with this line. */
function snippet(language: string, firstLine: string): string {
  const blocks = [...api.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  const found = blocks.find(([, name, code]) => name === language && code?.startsWith(firstLine));
  if (!found?.[2]) throw new Error(`docs/api.md has no ${language} block that begins with ${firstLine}`);
  return found[2];
}

function sign(secret: string, changes: { issuer?: string; issuedAt?: number; expiresAt?: number } = {}) {
  const issuedAt = changes.issuedAt ?? now;
  const expiresAt = changes.expiresAt ?? issuedAt + month;
  const keyring = createKeyring(changes.issuer ?? issuer, [secret]);
  return signSessionToken(keyring, { userId: 'user-1', sid: 'session-1', issuedAt, expiresAt });
}

/** The token with other header fields and claims, properly signed with `secret`. */
function forge(token: string, header: object, claims: object, secret: string): string {
  const [head = '', body = ''] = token.split('.');
  const signed = `${changed(head, header)}.${changed(body, claims)}`;
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}

/** The token with other claims under its old signature. */
function swapBody(token: string, claims: object): string {
  const [head = '', body = '', signature = ''] = token.split('.');
  return [head, changed(body, claims), signature].join('.');
}

function changed(part: string, changes: object): string {
  const fields: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
  return Buffer.from(JSON.stringify(Object.assign({}, fields, changes))).toString('base64url');
}
