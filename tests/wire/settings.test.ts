import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { decodeJwt } from 'jose';
import { onTestFinished } from 'vitest';
import { bundleServer } from '../../scripts/build.mjs';
import { freePort } from '../../scripts/run/port.mjs';
import { emptyFolder } from '../scripts/folder';
import { start } from '../scripts/process';
import { kakaoOf } from '../stack/kakao';
import { type Stack, startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { expect, test } from './support/test';

/** What this server needs to start, on a port of its own. */
async function usable({ kakaoEnv, secret }: Stack): Promise<Record<string, string>> {
  const port = String(await freePort());
  return {
    ...kakaoEnv,
    NODE_ENV: 'production',
    ALLOW_LOCAL_KAKAO: '1',
    LOG_LEVEL: 'silent',
    PORT: port,
    NEXTAUTH_URL: `http://localhost:${port}`,
    NEXTAUTH_SECRET: secret,
    SEALING_SECRET: [...secret].reverse().join(''),
    DATABASE_URL: `file:${emptyFolder()}/test.db`,
  };
}

/** `npm start`, or another command, until it says that it is ready, or ends: then its code, and all that it has said. */
async function startServer(env: Record<string, string>, command = 'scripts/start.mjs') {
  const server = start([command], env);
  const ready = new Promise<null>((resolve) => {
    server.child.stdout.on('data', () => server.seen.stdout.includes('Ready on port') && resolve(null));
  });
  const ended = await Promise.race([server.ended, ready]);
  server.child.kill('SIGKILL');
  const { stderr } = await server.ended;
  return { code: ended?.code ?? null, stderr };
}

test('everything that is wrong is named in one message, without its value, and the server ends', async ({
  stack,
}) => {
  const wrong = {
    NEXTAUTH_URL: '',
    NEXTAUTH_SECRET: 'a'.repeat(48),
    KAKAO_CLIENT_SECRET: '"the-quoted-secret"',
    KAKAO_ADMIN_KEY: 'admin\nkey',
    KAKAO_API_ORIGIN: 'http://192.168.0.10:4000',
    SESSION_IDLE_DAYS: '31',
    CRON_SECRET: 'too-short',
    PORT: 'eighty',
  };
  const { code, stderr } = await startServer({ ...(await usable(stack)), ...wrong });
  expect(code).toBe(1);
  expect(
    stderr
      .match(/^ {2}- \S+/gm)
      ?.map((line) => line.slice(4))
      .sort(),
  ).toEqual(Object.keys(wrong).sort());
  expect(stderr).not.toMatch(/a{48}|the-quoted-secret|192\.168|too-short|eighty/);
});

test('what is wrong in kakao-login.config.ts is named in the same message', async ({ stack }) => {
  const folder = emptyFolder();
  const options = { service: { name: { ko: '' }, timeZone: 'Mars', colors: { text: '#999999' } } };
  writeFileSync(join(folder, 'config.ts'), `export default ${JSON.stringify(options)};`);
  const server = await bundleServer('settings-test', [
    {
      name: 'another configuration',
      setup: ({ onResolve }) =>
        onResolve({ filter: /kakao-login\.config$/ }, () => ({ path: join(folder, 'config.ts') })),
    },
  ]);
  onTestFinished(() => rmSync(dirname(server), { recursive: true }));
  const { code, stderr } = await startServer({ ...(await usable(stack)), PORT: 'eighty' }, server);
  expect(code).toBe(1);
  expect(stderr.match(/^ {2}- [\w.]+/gm)).toEqual(
    ['PORT', ...['name.ko', 'name.en', 'colors.text', 'timeZone'].map((name) => `service.${name}`)].map(
      (name) => `  - ${name}`,
    ),
  );
});

test('what is set without effect is named in one line, and the server starts', async ({ stack }) => {
  const ignored = {
    REDIS_URL: 'redis://:hidden@localhost',
    HTTPS_PROXY: 'http://hidden:1',
    ADMIN_KAKAO_IDS: 'hidden',
  };
  const { code, stderr } = await startServer({ ...(await usable(stack)), ...ignored });
  expect(code).toBeNull();
  const lines = stderr.split('\n').filter((line) => line.includes('effect'));
  expect(lines).toHaveLength(1);
  for (const name of Object.keys(ignored)) expect(lines[0]).toContain(name);
  expect(stderr).not.toContain('hidden');
});

test('people log in with padded settings, for as long as is set', async () => {
  const { appEnv } = JSON.parse(process.env['TEST_KAKAO'] ?? '{}');
  const padded = Object.fromEntries(
    ['KAKAO_CLIENT_ID', 'KAKAO_CLIENT_SECRET', 'KAKAO_APP_ID', 'KAKAO_ADMIN_KEY'].map((name) => [
      name,
      ` ${appEnv[name]}\r\n`,
    ]),
  );
  const own = await startStack({ ...padded, SESSION_MAX_DAYS: ' 1 ', SESSION_IDLE_DAYS: '1\n' });
  onTestFinished(own.stop);
  const visitor = new Visitor(own.stack);
  const person = await kakaoOf(own.stack).addPerson();
  await visitor.logIn(person.id);
  expect(await visitor.whoAmI()).toBe(person.id);
  const { iat = 0, exp = 0 } = decodeJwt(visitor.session);
  expect(exp - iat).toBe(86_400);
});
