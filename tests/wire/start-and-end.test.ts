import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe } from 'vitest';
import { send } from '../stack/http';
import { kakaoOf } from '../stack/kakao';
import { head, openRaw } from '../stack/raw';
import { startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { lockFile } from '../support/database';
import { expect, test } from './support/test';

/** Whether something accepts connections there. */
function isOpen(host: string, port: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port: Number(port), timeout: 3_000 });
    const end = (open: boolean) => () => {
      socket.destroy();
      resolve(open);
    };
    socket.on('connect', end(true)).on('error', end(false)).on('timeout', end(false));
  });
}

/** An address of this machine that others reach, where it has one. */
function outerAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((all = []) =>
    all.filter(({ internal, family }) => !internal && family === 'IPv4').map(({ address }) => address),
  );
}

describe('a production server with a local Kakao', () => {
  test('listens on this machine alone, at both loopback addresses', async () => {
    const { stack, stop } = await startStack();
    const { port } = new URL(stack.appUrl);
    try {
      expect(await isOpen('127.0.0.1', port)).toBe(true);
      expect(await isOpen('::1', port)).toBe(await hasLoopback6());
      // The whole of 127.0.0.0/8 is this machine: a server that listens everywhere answers there too.
      for (const address of ['127.0.0.2', ...outerAddresses()])
        expect(await isOpen(address, port)).toBe(false);
    } finally {
      await stop();
    }
  });

  test.for([
    ['HOSTNAME is set', { HOSTNAME: '0.0.0.0' }],
    ['it is for a public name', { NEXTAUTH_URL: 'https://staging.example.com' }],
  ] as const)('listens everywhere when %s', async ([, additions]) => {
    const { stack, stop } = await startStack(additions);
    const { port } = new URL(stack.appUrl);
    try {
      for (const address of ['127.0.0.2', ...outerAddresses()])
        expect(await isOpen(address, port)).toBe(true);
    } finally {
      await stop();
    }
  });
});

async function hasLoopback6(): Promise<boolean> {
  return Object.values(networkInterfaces()).some((all = []) => all.some(({ address }) => address === '::1'));
}

test('a server says that it is ready, and listens, only after its checks: the database was locked till then', async () => {
  const file = join(mkdtempSync(join(tmpdir(), 'kakao-login-test-')), 'locked.db');
  const release = lockFile(file);
  const starting = startStack({ DATABASE_URL: `file:${file}`, LOG_LEVEL: 'info' });
  await pause(4_000);
  const releasedAt = Date.now();
  release();
  const { log, stop } = await starting;
  await stop();
  const migrated = /"time":"([^"]+)"[^\n]*"database\.migrated"/.exec(log());
  expect(Date.parse(migrated?.[1] ?? '')).toBeGreaterThanOrEqual(releasedAt);
  expect(log().indexOf('Ready on port')).toBeGreaterThan(log().indexOf('database.migrated'));
});

describe('behind a proxy that it was not told of', () => {
  const warnings = (log: string) =>
    log.match(/proxy\.not_trusted[^\n]*|[^\n]*TRUSTED_PROXY_HOPS[^\n]*/g) ?? [];

  test('a server warns once, naming the variable', async () => {
    const { stack, stop, log } = await startStack({ TRUSTED_PROXY_HOPS: '0', LOG_LEVEL: 'info' });
    try {
      await send(`${stack.appUrl}/login`);
      expect(warnings(log())).toEqual([]);
      for (const path of ['/login', '/api/me', '/nowhere'])
        await send(`${stack.appUrl}${path}`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
      await expect.poll(() => warnings(log())).toHaveLength(1);
      expect(log()).not.toContain('203.0.113.9');
    } finally {
      await stop();
    }
  });

  test('a server that was told of it says nothing', async () => {
    const { stack, stop, log } = await startStack({ TRUSTED_PROXY_HOPS: '1', LOG_LEVEL: 'info' });
    await send(`${stack.appUrl}/login`, { headers: { 'x-forwarded-for': '203.0.113.9' } });
    await stop();
    expect(warnings(log())).toEqual([]);
  });
});

describe('SIGTERM', () => {
  test('waits for the profile that is fetched after an answer', async () => {
    const { stack, stop, endApp } = await startStack({ KAKAO_SCOPE: 'openid profile_nickname' });
    const kakao = kakaoOf(stack);
    try {
      const person = await kakao.addPerson();
      await new Visitor(stack).logIn(person.id);
      await kakao.fault('/v2/user/me', { delayMs: 2_500, always: true });
      await new Visitor(stack).logIn(person.id);
      expect(await endApp()).toBe(0);
      const asked = await kakao.requests('/v2/user/me');
      expect(asked.map(({ status }) => status)).toEqual([200, 200]);
    } finally {
      await stop();
    }
  });

  test('lets a request finish that is under way, and tells its client to leave', async () => {
    const { stack, stop, endApp } = await startStack();
    try {
      const { hostname, port } = new URL(stack.appUrl);
      const socket = connect(Number(port), hostname);
      let received = '';
      socket.on('data', (data) => {
        received += data;
      });
      const head = [
        'POST /login/kakao HTTP/1.1',
        'Host: a',
        'Sec-Fetch-Site: same-origin',
        'Content-Type: application/x-www-form-urlencoded',
        'Content-Length: 9',
      ];
      socket.write([...head, '', 'half'].join('\r\n'));
      await pause(200);
      const ended = endApp();
      await pause(2_000);
      socket.write('whole');
      expect(await ended).toBe(0);
      expect(received).toMatch(/^HTTP\/1\.1 303 /);
    } finally {
      await stop();
    }
  });

  test('waits for nobody who has asked for nothing: browsers open connections beforehand', async () => {
    const { stack, stop, endApp } = await startStack();
    try {
      const unused = openRaw(stack.appUrl);
      const underWay = openRaw(stack.appUrl);
      await Promise.all([unused, underWay].map(({ socket }) => once(socket, 'connect')));
      underWay.socket.write(`${head(stack.appUrl, 'POST /login/kakao', 'Content-Length: 9')}half`);
      expect((await send(`${stack.appUrl}/api/health/live`)).status).toBe(200);
      const ended = endApp();
      await unused.closed;
      expect(underWay.socket.destroyed).toBe(false);
      underWay.socket.write('whole');
      expect(await ended).toBe(0);
      expect(underWay.received()).toMatch(/^HTTP\/1\.1 /);
    } finally {
      await stop();
    }
  });
});
