import { spawnSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, onTestFinished } from 'vitest';
import { openSqlite } from '../../lib/db/sqlite';
import { send } from '../stack/http';
import { kakaoOf } from '../stack/kakao';
import { startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { expectProblem, signInWith } from '../wire/support/api';
import { expect, test } from '../wire/support/test';

// Servers with settings of their own, and with less than they need.

async function ownStack(additions: Readonly<Record<string, string>> = {}) {
  const own = await startStack(additions);
  // Nobody waits for its open connections.
  onTestFinished(async () => {
    await own.killApp();
    await own.stop();
  });
  return own;
}

test('60 uploads that say no length do not grow the process by 80 MB, and everybody else is served', async () => {
  const { stack, appPid } = await ownStack();
  const { host, hostname, port } = new URL(stack.appUrl);
  for (let count = 0; count < 20; count += 1) await send(`${stack.appUrl}/login`);
  const before = residentKb(appPid());
  const chunk = `10000\r\n${'a'.repeat(65_536)}\r\n`;
  const sockets = Array.from({ length: 60 }, () => {
    const socket = connect(Number(port), hostname);
    socket.on('error', () => undefined);
    socket.write(`POST / HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: chunked\r\n\r\n`);
    for (let count = 0; count < 140; count += 1) socket.write(chunk);
    return socket;
  });
  let most = before;
  for (let tick = 0; tick < 12; tick += 1) {
    await sleep(250);
    most = Math.max(most, residentKb(appPid()));
    expect((await send(`${stack.appUrl}/api/health/live`)).status).toBe(200);
  }
  for (const socket of sockets) socket.destroy();
  expect(most - before).toBeLessThan(80 * 1_024);
});

test('a server with a local Kakao listens on this machine alone', async ({ stack }) => {
  // Another address of the same machine, where only a server of all interfaces answers.
  const port = Number(new URL(stack.appUrl).port);
  const socket = connect({ host: '127.0.0.2', port, timeout: 2_000 });
  const outcome = await new Promise((resolve) => {
    socket.on('connect', () => resolve('connected'));
    socket.on('error', () => resolve('refused'));
    socket.on('timeout', () => resolve('refused'));
  });
  socket.destroy();
  expect(outcome).toBe('refused');
});

describe('behind https', () => {
  test('cookies are of this host alone, and https is asked for this host alone', async () => {
    const { stack } = await ownStack({ NEXTAUTH_URL: 'https://login.example.com' });
    const answer = await send(`${stack.appUrl}/login/kakao`, {
      method: 'POST',
      headers: { origin: 'https://login.example.com' },
    });
    expect(answer.status).toBe(303);
    expect(answer.setCookies[0]).toMatch(/^__Host-login\.[\w-]+=.*; Secure/);
    for (const path of ['/', '/login', '/api/me', '/nowhere']) {
      const policy = (await send(`${stack.appUrl}${path}`)).headers['strict-transport-security'];
      expect(policy, path).toMatch(/^max-age=\d{7,}$/);
    }
  });

  test('on this machine nothing asks for https', async () => {
    const { stack } = await ownStack({ NEXTAUTH_URL: 'https://localhost:8443' });
    expect((await send(`${stack.appUrl}/login`)).headers['strict-transport-security']).toBeUndefined();
  });
});

describe('pages of other origins', () => {
  const app = 'https://app.example';
  const preflight = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization',
  };

  test('that are allowed may call the API with a token, and never with a cookie', async () => {
    const { stack } = await ownStack({ ALLOWED_ORIGINS: `https://other.example, ${app}` });
    const url = `${stack.appUrl}/api/auth/kakao`;
    const asked = await send(url, { method: 'OPTIONS', headers: { ...preflight, origin: app } });
    expect([asked.status, asked.headers['access-control-allow-origin']]).toEqual([204, app]);
    expect(asked.headers['access-control-allow-headers']?.toLowerCase()).toContain('authorization');
    expect(asked.headers['access-control-allow-credentials']).toBeUndefined();
    const refused = await send(url, { method: 'POST', headers: { origin: app } });
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([400, app]);
    expect(refused.headers['access-control-expose-headers']?.toLowerCase()).toMatch(/x-request-id/);
    expect(refused.headers.vary?.toLowerCase()).toContain('origin');
    const own = kakaoOf(stack);
    const someone = await own.addPerson();
    const visitor = new Visitor(stack);
    await visitor.logIn(someone.id);
    const change = { method: 'DELETE', headers: { origin: app, 'sec-fetch-site': 'cross-site' } };
    expectProblem(await visitor.send('/api/me', change), 403, 'CROSS_ORIGIN');
    for (const origin of ['https://evil.example', `${app}.evil.example`, 'null', 'http://app.example']) {
      const other = await send(url, { method: 'OPTIONS', headers: { ...preflight, origin } });
      expect(other.headers['access-control-allow-origin'], origin).toBeUndefined();
    }
    const page = await send(`${stack.appUrl}/account`, { headers: { origin: app } });
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('may not, where none is allowed', async ({ stack }) => {
    for (const method of ['OPTIONS', 'POST']) {
      const headers = { ...preflight, origin: app };
      const answer = await send(`${stack.appUrl}/api/auth/kakao`, { method, headers });
      expect(answer.headers['access-control-allow-origin'], method).toBeUndefined();
    }
  });
});

test('blanks and a line feed around a value are dropped: a login works', async ({ stack: shared }) => {
  const kakaoSecret = shared.kakaoEnv['KAKAO_CLIENT_SECRET'] ?? '';
  const { stack } = await ownStack({ KAKAO_CLIENT_SECRET: ` ${kakaoSecret}\n`, KAKAO_SCOPE: ' openid \n' });
  const person = await kakaoOf(stack).addPerson();
  expect(await new Visitor(stack).tryLogIn(person.id)).toBe('/account');
});

test('the server reaches Kakao under another name than the browser', async ({
  stack: shared,
  kakao,
  person,
}) => {
  const seen = 'http://kakao.localhost:9';
  const { stack } = await ownStack({
    KAKAO_AUTH_ORIGIN: seen,
    KAKAO_AUTH_SERVER_ORIGIN: shared.kakaoUrl,
    KAKAO_API_ORIGIN: shared.kakaoUrl,
    KAKAO_ISSUER: shared.kakaoUrl,
  });
  await kakao.changeApp({ redirectUris: [`${stack.appUrl}/login/callback`] });
  onTestFinished(() => kakao.reset());
  const visitor = new Visitor(stack);
  const { authorizeUrl, state } = await visitor.begin();
  expect(authorizeUrl.startsWith(`${seen}/oauth/authorize?`)).toBe(true);
  const reached = { authorizeUrl: authorizeUrl.replace(seen, shared.kakaoUrl), state };
  const answer = await visitor.send(await visitor.agree(reached, person.id));
  expect(answer.headers.location).toBe('/account');
});

describe('while another process holds the database', () => {
  test('for 3 s a login waits or is told when to come back, and nobody sees a 500', async () => {
    const { stack } = await ownStack();
    const kakao = kakaoOf(stack);
    const person = await kakao.addPerson();
    const { access_token } = await kakao.tokens(person.id);
    const visitor = new Visitor(stack);
    const callback = await visitor.agree(await visitor.begin(), person.id);
    const lock = openSqlite(stack.databaseFile, { timeout: 1_000 });
    lock.exec('BEGIN IMMEDIATE');
    const freed = sleep(3_000).then(() => {
      lock.exec('ROLLBACK');
      lock.close();
    });
    const [byApi, byBrowser] = await Promise.all([signInWith(stack, access_token), visitor.send(callback)]);
    await freed;
    expect([200, 503]).toContain(byApi.status);
    if (byApi.status === 503) {
      expectProblem(byApi, 503, 'UNAVAILABLE');
      expect(Number(byApi.headers['retry-after'])).toBeGreaterThan(0);
    }
    expect([303, 503]).toContain(byBrowser.status);
    await expect.poll(() => new Visitor(stack).tryLogIn(person.id)).toBe('/account');
  });
});

describe('the snippets of docs/api.md that verify our tokens elsewhere', () => {
  const api = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8');
  const block = (language: string, first: string) =>
    [...api.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].find(
      ([, name, code]) => name === language && code?.startsWith(first),
    )?.[2] ?? '';
  const python = spawnSync('python3', ['--version']).status === 0;
  const runners: readonly (readonly [string, string, readonly string[]])[] = [
    ['Node', process.execPath, ['--input-type=module', '-e', block('js', '// verify-token.mjs')]],
    ...(python ? [['Python', 'python3', ['-I', '-c', block('python', '# verify_token.py')]] as const] : []),
  ];
  for (const [language, command, args] of runners) {
    test(`${language} refuses a secret that is empty, short or ends with a comma`, () => {
      const now = Math.floor(Date.now() / 1_000);
      const issuer = 'https://login.example.com';
      const claims = {
        iss: issuer,
        aud: 'kakao-login',
        sub: 'u',
        id: 'u',
        sid: 's',
        iat: now,
        exp: now + 60,
      };
      const good = 'n'.repeat(16).concat('0123456789abcdef');
      const cases: readonly (readonly [string, string])[] = [
        ['', ''],
        [`${good},`, ''],
        [`${good},short`, 'short'],
        [',', ''],
      ];
      for (const [configured, key] of cases) {
        const token = forged(key, claims);
        const env = { ...process.env, NEXTAUTH_SECRET: configured, NEXTAUTH_URL: issuer };
        const ran = spawnSync(command, args, { input: `${token}\n`, encoding: 'utf8', env });
        expect([ran.status === 0, ran.stdout.trim()], configured).toEqual([false, '']);
      }
    });
  }
});

/** A token that anybody can sign who guesses that the key is empty, or short. */
function forged(key: string, claims: object): string {
  const kid = createHash('sha256').update(key).digest('hex').slice(0, 8);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256', typ: 'JWT', kid })}.${part(claims)}`;
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

/** Memory that a process really has, in KB. */
function residentKb(pid: number | undefined): number {
  return Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim());
}
