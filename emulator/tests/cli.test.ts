import { type ChildProcess, spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { readFlags } from '../src/command-line.ts';
import { environmentFor, type Stack } from '../src/environment.ts';
import { type EmulatorOptions, startEmulator } from '../src/index.ts';

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const running: ChildProcess[] = [];

afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Runs the command until it prints a line or ends. */
async function run(args: string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], {
    env: { ...process.env, ...env },
  });
  running.push(child);
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (part) => {
    output.stdout += part;
  });
  child.stderr.on('data', (part) => {
    output.stderr += part;
  });
  const ended = once(child, 'exit').then(([code]: number[]) => code);
  const code = await Promise.race([ended, once(child.stdout, 'data').then(() => null)]);
  return { child, code, ended, output };
}

describe('the command refuses', () => {
  it.each([
    [['--port', 'high'], 'no port'],
    [['--port', '70000'], 'no port'],
    [['--wat'], '--wat'],
    [['--redirect-uri', 'app://x'], 'no http(s) URL'],
    [['--redirect-uri', 'http://localhost:3000/cb?next=/'], 'without query'],
    [['--redirect-uri', 'http://localhost:3000/콜백'], 'visible ASCII'],
    [['--public-url', 'kakao'], 'no http(s) URL'],
    [['--internal-url', 'kakao:4000'], '--internal-url kakao:4000 is no http(s) URL'],
    [['--tls', '--tls-port', 'x'], '--tls-port x is no port'],
    [['--users', '10001'], '--users 10001 is no number up to 10000'],
    [['--users', 'many'], '--users many is no number'],
    [['--seed', 'x'], '--seed x is no number'],
    [['--print-env', 'rails'], '--print-env knows next, spring, django, flutter, not rails'],
    [['--print-env', 'next', '--port', '0'], 'known beforehand'],
    [['--tls-port', '4443'], '--tls-port needs --tls'],
    [['--tls-ca', 'ca.pem'], '--tls-ca needs --tls'],
    [['--tls', '--tls-cert', 'a.pem'], 'go together'],
    [['--tls', '--tls-key', 'a.pem'], 'go together'],
    [['--tls', '--tls-cert', 'a', '--tls-key', 'b', '--tls-ca', 'c'], 'made at start'],
    [['--pictures', 'none'], 'cdn or local'],
    [['--unlink-webhook', '/unlink'], 'no http(s) URL'],
    [['--unlink-webhook', 'GET'], 'no http(s) URL'],
    [['--account-state-webhook', 'localhost:3000'], 'no http(s) URL'],
  ])('%o', (args, reason) => {
    expect(readFlags(args)).toMatchObject({ kind: 'wrong', reason: expect.stringContaining(reason) });
  });

  it('bad flags with exit code 1 and the usage', async () => {
    const { code, output } = await run(['--port', 'x']);
    expect(code).toBe(1);
    expect(output.stderr).toContain('--port x is no port');
    expect(output.stdout).toBe('');
  }, 20_000);

  it('a certificate that is not there, by name', async () => {
    const { code, output } = await run([
      '--port',
      '0',
      '--tls',
      '--tls-cert',
      'no.pem',
      '--tls-key',
      'no.key',
    ]);
    expect(code).toBe(1);
    expect(output.stderr).toContain("open 'no.pem'");
  }, 20_000);

  it('a seed file that is no good, with line and reason', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kakao-cli-'));
    const file = join(folder, 'seed.json');
    await writeFile(file, '{\n  "users": [{ "id": 1 }]\n}');
    const { code, output } = await run(['--port', '0', '--seed-file', file]);
    expect(code).toBe(1);
    expect(output.stderr).toBe(
      `kakao-emulator: ${file}:2: users[0].id must be a user id: 1 to 19 digits, as a text\n`,
    );
    expect(output.stdout).toBe('');
    await rm(folder, { recursive: true });
  }, 20_000);

  it('NODE_ENV=production', async () => {
    const { code, output } = await run(['--port', '0'], { NODE_ENV: 'production' });
    expect(code).toBe(1);
    expect(output.stderr).toContain('NODE_ENV=production');
  }, 20_000);

  it('an address that others can reach', async () => {
    await expect(startEmulator({ port: 0, host: '0.0.0.0' })).rejects.toThrow('open to other machines');
  });

  it('a port that is taken', async () => {
    const emulator = await startEmulator({ port: 0 });
    await expect(startEmulator({ port: Number(new URL(emulator.url).port) })).rejects.toThrow('EADDRINUSE');
    await emulator.close();
  });
});

describe('the command', () => {
  it('says in one JSON line that it is ready, and ends on SIGTERM', async () => {
    const { child, ended, output } = await run(['--port', '0', '--redirect-uri', 'http://localhost:9999/cb']);
    const ready = JSON.parse(output.stdout);
    expect(ready.ready).toBe(true);
    expect(Object.keys(ready.apps[0])).toEqual(['clientId', 'clientSecret', 'appId', 'adminKey']);
    expect((await fetch(`${ready.url}/.well-known/openid-configuration`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await ended).toBe(0);
    expect(output.stdout.trim().split('\n')).toHaveLength(1);
  }, 20_000);

  it('says where https is and writes the certificate to trust, which is no secret', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kakao-cli-'));
    const caFile = join(folder, 'ca.pem');
    const { output } = await run(['--port', '0', '--tls', '--tls-ca', caFile]);
    expect(JSON.parse(output.stdout).tlsUrl).toMatch(/^https:\/\/localhost:\d+$/);
    const pem = await readFile(caFile, 'utf8');
    expect(new X509Certificate(pem).ca).toBe(true);
    expect(pem).not.toContain('PRIVATE');
    await rm(folder, { recursive: true });
  }, 20_000);
});

describe('webhook flags', () => {
  const webhooks = (...args: string[]) => {
    const flags = readFlags(args);
    return flags.kind === 'start' ? flags.options.webhooks : flags;
  };
  const url = 'http://localhost:3000/hook?a=1,2';

  it('set where the first app listens', () => {
    expect(webhooks()).toEqual({ unlinkUrl: null, unlinkMethod: 'POST', accountStateUrl: null });
    expect(webhooks('--account-state-webhook', url)).toMatchObject({ accountStateUrl: url });
    expect(webhooks('--unlink-webhook', url)).toMatchObject({ unlinkUrl: url, unlinkMethod: 'POST' });
    expect(webhooks('--unlink-webhook', `${url},GET`)).toMatchObject({ unlinkUrl: url, unlinkMethod: 'GET' });
    expect(webhooks('--unlink-webhook', 'http://localhost:3000,GET')).toMatchObject({ unlinkMethod: 'GET' });
    expect(webhooks('--unlink-webhook', `${url},POST`)).toMatchObject({ unlinkUrl: url });
  });

  it('mean the first app, also after a reset', async () => {
    const emulator = await startEmulator({ port: 0, webhooks: { accountStateUrl: url } });
    emulator.reset();
    const [first, second] = emulator.apps();
    expect(first?.webhooks).toMatchObject({ accountStateUrl: url, unlinkUrl: null });
    expect(second?.webhooks).toMatchObject({ accountStateUrl: null });
    await emulator.close();
  });
});

describe('--print-env', () => {
  const printed = (stack: Stack, options: EmulatorOptions = {}) =>
    Object.fromEntries(
      environmentFor(stack, options)
        .trim()
        .split('\n')
        .map((line) => line.split(/=(.*)/s)),
    );

  it('prints the settings of an app and starts nothing', async () => {
    const { code, output } = await run(['--print-env', 'next', '--port', '4567']);
    expect(code ?? 0).toBe(0);
    expect(output.stdout).toContain('KAKAO_AUTH_ORIGIN=http://localhost:4567\n');
    expect(output.stderr).toBe('');
  }, 20_000);

  it('names every setting of the first app for a Next.js app', () => {
    expect(printed('next')).toEqual({
      KAKAO_CLIENT_ID: '1d0ca1a11ec0ffee5eed0000cafe0001',
      KAKAO_CLIENT_SECRET: 'emu_secret_Q7nYt2LwVb5RkXc9PzHd3MfJ',
      KAKAO_APP_ID: '1234567',
      KAKAO_ADMIN_KEY: '1d0ca1ad5eed0000ad0000000000ad01',
      KAKAO_AUTH_ORIGIN: 'http://localhost:4000',
      KAKAO_API_ORIGIN: 'http://localhost:4000',
      KAKAO_ISSUER: 'http://localhost:4000',
    });
  });

  it('tells browsers and servers apart', () => {
    const two = { publicUrl: 'http://localhost:4000/', internalUrl: 'http://kakao:4000' };
    expect(printed('next', two)).toMatchObject({
      KAKAO_AUTH_ORIGIN: 'http://localhost:4000',
      KAKAO_AUTH_SERVER_ORIGIN: 'http://kakao:4000',
      KAKAO_API_ORIGIN: 'http://kakao:4000',
    });
    expect(printed('spring', two)).toMatchObject({
      SPRING_SECURITY_OAUTH2_CLIENT_PROVIDER_KAKAO_AUTHORIZATIONURI: 'http://localhost:4000/oauth/authorize',
      SPRING_SECURITY_OAUTH2_CLIENT_PROVIDER_KAKAO_TOKENURI: 'http://kakao:4000/oauth/token',
      SPRING_SECURITY_OAUTH2_CLIENT_REGISTRATION_KAKAO_CLIENTAUTHENTICATIONMETHOD: 'client_secret_post',
    });
    expect(printed('django', two)['KAKAO_PROFILE_URL']).toBe('http://kakao:4000/v2/user/me');
    expect(printed('flutter')['KAKAO_NATIVE_APP_KEY']).toBe('1d0ca1a11ec0ffee5eed0000cafe0031');
  });
});

describe('a started emulator', () => {
  it('answers on 127.0.0.1 as well as on localhost', async () => {
    const emulator = await startEmulator({ port: 0 });
    const { port } = new URL(emulator.url);
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
    expect((await fetch(`http://localhost:${port}/`)).status).toBe(200);
    await emulator.close();
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow();
  });

  it('hands out the public URL it was given', async () => {
    const emulator = await startEmulator({ port: 0, publicUrl: 'http://kakao.localhost:4000/' });
    expect(emulator.url).toBe('http://kakao.localhost:4000');
    await emulator.close();
  });
});
