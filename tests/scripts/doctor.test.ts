import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { app, withLocalKakao } from '../support/kakao.ts';
import { start } from './process.ts';

const kakao = withLocalKakao();
const secret = 'q7Vb2xLkT9-4Rm_ZcJ0yHs8WfNdUeGpA3oXi';

/** Everything that a doctor could read, so that the .env of this folder plays no part. */
const nothing = {
  NODE_ENV: 'development',
  NEXTAUTH_URL: '',
  NEXTAUTH_SECRET: '',
  SEALING_SECRET: '',
  KAKAO_CLIENT_ID: '',
  KAKAO_CLIENT_SECRET: '',
  KAKAO_APP_ID: '',
  KAKAO_ADMIN_KEY: '',
  KAKAO_SCOPE: '',
  PORT: '',
};

/** In front of a Kakao, as its app is set up in tests. */
function settings() {
  const { authOrigin } = kakao.config();
  return {
    ...nothing,
    NEXTAUTH_SECRET: secret,
    SEALING_SECRET: [...secret].reverse().join(''),
    KAKAO_CLIENT_ID: app.clientId,
    KAKAO_CLIENT_SECRET: app.clientSecret,
    KAKAO_APP_ID: app.appId,
    KAKAO_ADMIN_KEY: app.adminKey,
    KAKAO_AUTH_ORIGIN: authOrigin,
    KAKAO_API_ORIGIN: authOrigin,
  };
}

async function doctor(env: Record<string, string>, ...flags: string[]) {
  const { code, stdout, stderr } = await start(['scripts/doctor.mjs', ...flags], env).ended;
  const output = stdout + stderr;
  for (const [name, value] of Object.entries(env)) {
    if (/SECRET|KEY|CLIENT_ID|REDIS|TOKEN/.test(name) && value.length > 3)
      expect(output, name).not.toContain(value);
  }
  const lines = (sign: string) => output.split('\n').filter((line) => line.startsWith(`  ${sign} `));
  return { code, output, wrong: lines('✗'), doubtful: lines('!'), todo: lines('→').join('\n') };
}

/** An app that answers its liveness, at an address that Kakao knows. */
async function runningApp(): Promise<string> {
  const server = createServer((request, response) => {
    response.statusCode = request.url === '/api/health/live' ? 200 : 404;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await kakao.patchApp({ redirectUris: [`${origin}/login/callback`] });
  return origin;
}

describe('the doctor, without asking anybody', { timeout: 60_000 }, () => {
  it('finds nothing wrong in usable settings, and says what to register', async () => {
    const { code, wrong, todo, output } = await doctor(settings());
    expect([code, wrong]).toEqual([0, []]);
    expect(todo).toContain('http://localhost:3000/login/callback');
    expect(todo).toContain('logout redirect URI, [카카오 로그인] > [고급]: http://localhost:3000/login');
    expect(todo).toContain('http://localhost:3000/api/webhooks/kakao/unlink');
    expect(todo).toContain('http://localhost:3000/api/webhooks/kakao/account-state');
    expect(output).toContain('--live');
    expect(await kakao.requests('/oauth/token')).toEqual([]);
  });

  it('names what production lacks, all at once', async () => {
    const { code, wrong } = await doctor({ ...nothing, NEXTAUTH_SECRET: 'short' }, '--production');
    expect(code).toBe(1);
    for (const name of ['NEXTAUTH_URL', 'NEXTAUTH_SECRET', 'KAKAO_CLIENT_ID', 'KAKAO_APP_ID']) {
      expect(wrong.join('\n')).toContain(`${name}: `);
    }
  });

  it('names one value under two names', async () => {
    const { code, wrong } = await doctor({ ...settings(), KAKAO_ADMIN_KEY: app.clientId });
    expect(code).toBe(1);
    expect(wrong).toEqual(['  ✗ KAKAO_ADMIN_KEY: has the same value as KAKAO_CLIENT_ID: each needs its own']);
  });

  it('names what is ignored, weak, or not what it seems', async () => {
    const { code, doubtful } = await doctor({
      ...settings(),
      NEXTAUTH_URL: 'https://login.example.com',
      NEXTAUTH_SECRET: `${secret},correct horse battery staple and more`,
      KAKAO_CLIENT_SECRET: '',
      REDIS_URL: 'redis://user:password@example.com',
      KAKAO_REST_API_KEY: 'something-else',
    });
    const text = doubtful.join('\n');
    expect(code).toBe(0);
    expect(text).toContain('REDIS_URL (');
    expect(text).toContain('KAKAO_REST_API_KEY (');
    expect(text).toContain('NEXTAUTH_SECRET: looks like words');
    expect(text).toContain('NEXTAUTH_SECRET: holds 2 secrets');
    expect(text).toContain('KAKAO_CLIENT_SECRET: is not set');
    expect(text).toContain('TRUSTED_PROXY_HOPS: is 0');
  });

  it('says what Kakao asks of an app for each consent item', async () => {
    const { todo, doubtful } = await doctor({
      ...settings(),
      KAKAO_SCOPE: 'openid profile_nickname account_email phone_number account_ci shoe_size constructor',
    });
    expect(todo).toContain('openid needs [카카오 로그인] > [OpenID Connect] to be ON');
    expect(todo).toContain('account_email needs a business app');
    expect(todo).toContain('phone_number needs a business app and a review');
    expect(todo).toContain('account_ci needs a business app and a special review');
    expect(todo).not.toContain('profile_nickname');
    expect(doubtful.join('\n')).toContain('shoe_size is no consent item');
    expect(doubtful.join('\n')).toContain('constructor is no consent item');
  });

  it('refuses a flag that it does not know', async () => {
    expect(await doctor(settings(), '--fix')).toMatchObject({
      code: 1,
      output: expect.stringContaining('--live'),
    });
  });
});

describe('the doctor, asking Kakao', { timeout: 60_000 }, () => {
  const examine = async (changes: Record<string, string> = {}) =>
    doctor({ ...settings(), NEXTAUTH_URL: await runningApp(), ...changes }, '--live');

  it('finds nothing wrong where everything fits', async () => {
    const { code, wrong, output } = await examine();
    expect(wrong).toEqual([]);
    expect(code).toBe(0);
    for (const text of [
      "clock: agrees with Kakao's",
      'KAKAO_CLIENT_SECRET: is accepted',
      'KAKAO_ADMIN_KEY: is accepted',
    ]) {
      expect(output).toContain(text);
    }
    expect(output).toContain('NEXTAUTH_URL: answers');
  });

  it.each([
    ['a wrong client secret', { KAKAO_CLIENT_SECRET: 'f'.repeat(32) }, 'KOE010'],
    ['an unknown key', { KAKAO_CLIENT_ID: 'f'.repeat(32) }, 'KOE101'],
    ['a wrong admin key', { KAKAO_ADMIN_KEY: 'e'.repeat(32) }, 'KAKAO_ADMIN_KEY: is refused'],
    ['a redirect URI that is not registered', { NEXTAUTH_URL: 'http://localhost:1' }, 'KOE006'],
    ['a Kakao that is not there', { KAKAO_AUTH_ORIGIN: 'http://localhost:1' }, 'Kakao: does not answer'],
    ['another issuer', { KAKAO_ISSUER: 'https://kauth.kakao.com' }, 'another issuer than KAKAO_ISSUER'],
  ])('names %s', async (_, changes: Record<string, string>, expected) => {
    const { code, wrong } = await examine(changes);
    expect(code).toBe(1);
    expect(wrong.join('\n')).toContain(expected);
  });

  it('names consent items and OpenID Connect that are not switched on', async () => {
    await kakao.patchApp({ oidc: false });
    const { code, wrong } = await examine({ KAKAO_SCOPE: 'openid' });
    expect([code, wrong.join('\n')]).toEqual([1, expect.stringContaining('KOE205')]);
  });

  it('does not ask with settings that are not usable', async () => {
    const { code, output } = await examine({ NEXTAUTH_SECRET: 'short' });
    expect(code).toBe(1);
    expect(output).toContain('Kakao was not asked');
    expect(await kakao.requests('/oauth/token')).toEqual([]);
  });
});
