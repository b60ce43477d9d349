import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../scripts/run/port.mjs';
import { start } from '../scripts/process';

// A production server with a setting that cannot work does not start, and names every one of them; no user meets it.

const folder = mkdtempSync(join(tmpdir(), 'kakao-login-settings-'));
let port = 0;
beforeAll(async () => {
  port = await freePort();
  return () => rmSync(folder, { recursive: true, force: true });
});

const secret = (bytes = 32) => randomBytes(bytes).toString('base64url');
type Env = Readonly<Record<string, string>>;

/** What works; an empty value counts as unset, also over a file `.env`. */
function good(): Env {
  return {
    NODE_ENV: 'production',
    PORT: String(port),
    HOSTNAME: '',
    NEXTAUTH_URL: `http://localhost:${port}`,
    NEXTAUTH_SECRET: secret(),
    SEALING_SECRET: '',
    DATABASE_URL: `file:${folder}/test.db`,
    KAKAO_CLIENT_ID: 'abcdef0123456789',
    KAKAO_CLIENT_SECRET: '',
    KAKAO_APP_ID: '123456',
    KAKAO_ADMIN_KEY: '',
    KAKAO_SCOPE: '',
    KAKAO_STORE_TOKENS: '',
    KAKAO_AUTH_ORIGIN: 'https://kauth.kakao.com',
    KAKAO_API_ORIGIN: 'https://kapi.kakao.com',
    ALLOW_LOCAL_KAKAO: '',
    LOG_LEVEL: 'info',
  };
}

/** Starts the production server; what it said when it had ended by itself. */
async function refusal(changes: Env) {
  const { child, ended } = start(['scripts/start.mjs'], { ...good(), ...changes });
  const timer = setTimeout(() => child.kill('SIGKILL'), 50_000);
  const { code, stdout, stderr } = await ended;
  clearTimeout(timer);
  return { code, stdout, stderr };
}

/** Starts the production server and stops it once it is ready; what it said until then. */
async function greeting(changes: Env): Promise<string> {
  const { child, seen, ended } = start(['scripts/start.mjs'], { ...good(), ...changes });
  while (!seen.stdout.includes('Ready') && child.exitCode === null) await sleep(50);
  child.kill('SIGKILL');
  await ended;
  expect(seen.stdout, seen.stderr).toContain('Ready');
  return seen.stdout + seen.stderr;
}

const groups: readonly [string, Env][] = [
  [
    'in quotes',
    Object.fromEntries(
      [
        ...['NEXTAUTH_URL', 'NEXTAUTH_SECRET', 'SEALING_SECRET', 'DATABASE_URL', 'KAKAO_CLIENT_ID'],
        ...['KAKAO_CLIENT_SECRET', 'KAKAO_APP_ID', 'KAKAO_ADMIN_KEY', 'KAKAO_SCOPE', 'KAKAO_AUTH_ORIGIN'],
        ...['KAKAO_API_ORIGIN', 'KAKAO_AUTH_SERVER_ORIGIN', 'KAKAO_ISSUER', 'ALLOWED_ORIGINS'],
        ...['SESSION_MAX_DAYS', 'SESSION_IDLE_DAYS', 'TRUSTED_PROXY_HOPS', 'LOG_LEVEL'],
      ].map((name) => [name, `"${good()[name] || '12345678901234567890123456789012345678'}"`]),
    ),
  ],
  [
    'that cannot be meant',
    {
      NEXTAUTH_SECRET: 'a'.repeat(48),
      KAKAO_APP_ID: '0',
      KAKAO_ADMIN_KEY: 'two\nlines',
      KAKAO_AUTH_ORIGIN: 'https://kakao.com.evil.example',
      KAKAO_API_ORIGIN: 'http://kapi.kakao.com',
      KAKAO_AUTH_SERVER_ORIGIN: 'https://10.0.0.1',
      KAKAO_STORE_TOKENS: 'yes',
      SESSION_MAX_DAYS: '0',
      SESSION_IDLE_DAYS: '400',
      ALLOWED_ORIGINS: 'https://app.example/path',
      TRUSTED_PROXY_HOPS: '-1',
      LOG_LEVEL: 'loud',
    },
  ],
  [
    'that are missing',
    {
      NEXTAUTH_URL: '',
      NEXTAUTH_SECRET: '',
      SEALING_SECRET: '',
      KAKAO_CLIENT_ID: '',
      KAKAO_APP_ID: '',
      KAKAO_STORE_TOKENS: '',
    },
  ],
  [
    'that do not go together',
    {
      NEXTAUTH_URL: 'http://login.example.com',
      SESSION_MAX_DAYS: '5',
      SESSION_IDLE_DAYS: '6',
      ALLOWED_ORIGINS: '*',
      KAKAO_AUTH_ORIGIN: 'http://localhost:4000',
      KAKAO_API_ORIGIN: 'http://kakao:4000',
    },
  ],
];

/** Not missed where nothing is kept of Kakao; not wrong without the other. */
const fine = new Set([
  'SEALING_SECRET of that are missing',
  'KAKAO_STORE_TOKENS of that are missing',
  'SESSION_MAX_DAYS of that do not go together',
]);

describe('values', () => {
  for (const [what, changes] of groups) {
    it(`${what} are refused together, each by its name and none by its value`, async () => {
      const { code, stdout, stderr } = await refusal(changes);
      expect(code).not.toBe(0);
      expect(code).not.toBeNull();
      const names = Object.keys(changes).filter((name) => !fine.has(`${name} of ${what}`));
      expect(names.filter((name) => !stderr.includes(name))).toEqual([]);
      expect(stdout).not.toContain('Ready');
      expect(stderr).not.toMatch(/\n\s+at /);
      for (const value of [...Object.values(changes), 'aaaaaaaaaa']) {
        if (value.length > 9) expect(stderr).not.toContain(value);
      }
    });
  }

  const alone: readonly [string, string, () => Env][] = [
    ['a production without its address', 'NEXTAUTH_URL', () => ({ NEXTAUTH_URL: '' })],
    ['kept tokens without a key for them', 'SEALING_SECRET', () => ({ KAKAO_STORE_TOKENS: '1' })],
    [
      'one key for tokens and for sessions',
      'SEALING_SECRET',
      () => {
        const both = secret();
        return { KAKAO_STORE_TOKENS: '1', NEXTAUTH_SECRET: both, SEALING_SECRET: `${secret()},${both}` };
      },
    ],
    ['a secret that ends with a comma', 'NEXTAUTH_SECRET', () => ({ NEXTAUTH_SECRET: `${secret()},` })],
    ['a short secret behind a good one', 'NEXTAUTH_SECRET', () => ({ NEXTAUTH_SECRET: `${secret()},short` })],
    ['a secret of seven letters', 'NEXTAUTH_SECRET', () => ({ NEXTAUTH_SECRET: 'abcdefg'.repeat(8) })],
    [
      'a local Kakao that was not allowed',
      'KAKAO_API_ORIGIN',
      () => ({ KAKAO_API_ORIGIN: 'http://127.0.0.1:4000' }),
    ],
  ];
  for (const [what, name, changes] of alone) {
    it(`${what}: refused by the name of ${name}`, async () => {
      const { code, stderr, stdout } = await refusal(changes());
      expect([code === 0 || code === null, stdout.includes('Ready')]).toEqual([false, false]);
      expect(stderr).toContain(name);
    });
  }
});

describe('a setting without effect is named once at the start', () => {
  const ignored: readonly [string, Env][] = [
    ['REDIS_URL', { REDIS_URL: 'redis://127.0.0.1:6379' }],
    ['HTTPS_PROXY', { HTTPS_PROXY: 'http://proxy.example:8080' }],
  ];
  for (const [name, changes] of ignored) {
    it(name, async () => {
      const said = await greeting(changes);
      const lines = said.split('\n').filter((line) => line.includes(name));
      expect(lines).toHaveLength(1);
      expect(said).not.toContain(Object.values(changes)[0]);
    });
  }

  it('TRUSTED_PROXY_HOPS, at the first sign of a proxy', async () => {
    const { child, seen, ended } = start(['scripts/start.mjs'], good());
    onTestFinished(() => void child.kill('SIGKILL'));
    await expect.poll(() => seen.stdout).toContain('Ready');
    for (let count = 0; count < 3; count += 1) {
      const headers = { 'x-forwarded-for': '203.0.113.9' };
      await fetch(`http://localhost:${port}/login`, { headers }).then((answer) => answer.text());
      await fetch(`http://localhost:${port}/login/callback`, { headers, redirect: 'manual' });
    }
    child.kill('SIGKILL');
    await ended;
    const said = seen.stdout + seen.stderr;
    expect(said.split('\n').filter((line) => line.includes('TRUSTED_PROXY_HOPS'))).toHaveLength(1);
  });
});
