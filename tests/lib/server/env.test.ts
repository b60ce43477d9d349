import { describe, expect, it } from 'vitest';
import { EnvError, readEnv } from '@/lib/server/env';

const secret = 'a-secret-for-tests-of-at-least-32-bytes';
const sealing = 'a-sealing-secret-of-at-least-32-bytes';
const usable = { NEXTAUTH_SECRET: secret, KAKAO_CLIENT_ID: 'rest-api-key' };
const production = {
  ...usable,
  NODE_ENV: 'production',
  NEXTAUTH_URL: 'https://example.com',
  KAKAO_APP_ID: '1234567',
};

/** The problems of an environment; none if it is usable. */
function problems(source: Record<string, string | undefined>): readonly string[] {
  try {
    readEnv(source);
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
}

describe('an environment is refused', () => {
  it.each([
    ['NEXTAUTH_URL', 'my-site.example'],
    ['NEXTAUTH_URL', 'https://example.com/app'],
    ['NEXTAUTH_URL', 'https://example.com?x'],
    ['NEXTAUTH_URL', 'https://user:pass@example.com'],
    ['NEXTAUTH_URL', 'ftp://example.com'],
    ['NEXTAUTH_URL', 'https://example.com//'],
    ['NEXTAUTH_URL', 'https://example.com/#'],
    ['NEXTAUTH_URL', 'https://example.com\\'],
    ['NEXTAUTH_URL', 'https:example.com'],
    ['NEXTAUTH_URL', 'http://0.0.0.0:3000'],
    ['NEXTAUTH_URL', 'http://[::]:3000'],
    ['NEXTAUTH_SECRET', 'short'],
    ['NEXTAUTH_SECRET', 'x'.repeat(31)],
    ['NEXTAUTH_SECRET', `${secret},short`],
    ['NEXTAUTH_SECRET', `${secret},`],
    ['NEXTAUTH_SECRET', 'a'.repeat(48)],
    ['NEXTAUTH_SECRET', 'abcdefg'.repeat(7)],
    ['NEXTAUTH_SECRET', `${secret},${'ab'.repeat(24)}`],
    ['NEXTAUTH_SECRET', `${secret},"${secret}"`],
    ['SEALING_SECRET', 'short'],
    ['SEALING_SECRET', 'x'.repeat(48)],
    ['SEALING_SECRET', `${sealing},short`],
    ['SEALING_SECRET', secret],
    ['SEALING_SECRET', `${sealing},${secret}`],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_URL', './data/app.db'],
    ['DATABASE_URL', 'postgresql:///'],
    ['DATABASE_URL', 'postgresql:app'],
    ['DATABASE_URL', 'postgresql://user:password@db.example'],
    ['DATABASE_URL', 'postgresql://db.example/app/other'],
    ['DATABASE_URL', 'postgresql://db.example/app?schema=other'],
    ['DATABASE_POOL_SIZE', '0'],
    ['DATABASE_POOL_SIZE', '501'],
    ['DATABASE_POOL_SIZE', 'many'],
    ['KAKAO_CLIENT_ID', 'with spaces'],
    ['KAKAO_CLIENT_ID', 'x'.repeat(129)],
    ['KAKAO_APP_ID', 'abc'],
    ['KAKAO_APP_ID', '0'],
    ['KAKAO_APP_ID', '-1'],
    ['KAKAO_APP_ID', '12345678901234567890'],
    ['KAKAO_SCOPE', 'account_email&prompt=none'],
    ['KAKAO_AUTH_ORIGIN', 'kauth.kakao.com'],
    ['KAKAO_AUTH_ORIGIN', 'http://kauth.kakao.com'],
    ['KAKAO_AUTH_ORIGIN', 'https://kauth.kakao.com/oauth'],
    ['KAKAO_API_ORIGIN', 'http://kapi.kakao.com'],
    ['KAKAO_API_ORIGIN', 'http://localhost.evil.com'],
    ['KAKAO_API_ORIGIN', 'https://kapi.kakao.com.evil.example'],
    ['KAKAO_API_ORIGIN', 'https://evilkakao.com'],
    ['KAKAO_API_ORIGIN', 'https://kakao.com'],
    ['KAKAO_API_ORIGIN', 'https://kapi.example'],
    ['KAKAO_API_ORIGIN', 'http://203.0.113.7:4000'],
    ['KAKAO_API_ORIGIN', 'http://172.32.0.1:4000'],
    ['KAKAO_API_ORIGIN', 'http://[2001:db8::1]:4000'],
    ['KAKAO_API_ORIGIN', 'http://0.0.0.0:4000'],
    ['KAKAO_AUTH_SERVER_ORIGIN', 'https://kauth.example'],
    ['KAKAO_AUTH_SERVER_ORIGIN', 'kakao:4000'],
    ['KAKAO_CLIENT_SECRET', 'with a space'],
    ['KAKAO_CLIENT_SECRET', '"half'],
    ['SESSION_MAX_DAYS', '0'],
    ['SESSION_MAX_DAYS', '366'],
    ['SESSION_MAX_DAYS', '1.5'],
    ['SESSION_IDLE_DAYS', '-1'],
    ['SESSION_IDLE_DAYS', '31'],
    ['PORT', '0'],
    ['PORT', '65536'],
    ['PORT', '80x'],
    ['HOSTNAME', 'two names'],
    ['KAKAO_ISSUER', 'kauth'],
    ['ALLOW_LOCAL_KAKAO', 'yes'],
    ['KAKAO_STORE_TOKENS', 'true'],
    ['KAKAO_ADMIN_KEY', 'KakaoAK 1234'],
    ['TRUSTED_PROXY_HOPS', '-1'],
    ['TRUSTED_PROXY_HOPS', 'one'],
    ['TRUSTED_PROXY_HOPS', '1.5'],
    ['TRUSTED_PROXY_HOPS', '100'],
    ['CRON_SECRET', 'fifteen-letters'],
    ['CRON_SECRET', 'ab'.repeat(16)],
    ['CRON_SECRET', `${secret} with spaces`],
    ['CRON_SECRET', `${secret},${secret}`],
    ['CRON_SECRET', `Bearer ${secret}`],
    ['CRON_SECRET', 'abcdefgh'.repeat(65)],
    ['METRICS_TOKEN', 'fifteen-letters'],
    ['METRICS_TOKEN', `${secret} with spaces`],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'null'],
    ['ALLOWED_ORIGINS', 'spa.example'],
    ['ALLOWED_ORIGINS', 'https://*.example.com'],
    ['ALLOWED_ORIGINS', 'https://app.example.com/path'],
    ['ALLOWED_ORIGINS', 'https://app.example.com/'],
    ['ALLOWED_ORIGINS', 'https://app.example.com https://b.example.com'],
    ['ALLOWED_ORIGINS', 'https://app.example.com, ftp://example.com'],
    ['LOG_LEVEL', 'loud'],
  ])('with %s=%s, by name and without the value', (name, value) => {
    const found = problems({ ...usable, [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} `));
    if (value.length > 3) expect(found[0]).not.toContain(value);
  });

  it('with everything that is wrong or missing in one message', () => {
    const wrong = {
      NODE_ENV: 'production',
      NEXTAUTH_URL: 'nonsense-url',
      DATABASE_URL: 'nonsense-database',
      KAKAO_CLIENT_ID: 'nonsense key',
      KAKAO_AUTH_ORIGIN: 'nonsense-origin',
      LOG_LEVEL: 'nonsense-level',
      TRUSTED_PROXY_HOPS: 'nonsense-hops',
    };
    const names = [...Object.keys(wrong).slice(1), 'NEXTAUTH_SECRET', 'KAKAO_APP_ID'];
    expect(() => readEnv(wrong)).toThrow(EnvError);
    const message = new EnvError(problems(wrong)).message;
    for (const name of names) expect(message).toContain(`  - ${name} `);
    expect(message).not.toContain('nonsense');
  });

  it('when tokens are to be kept and there is no secret of their own to seal them', () => {
    for (const source of [usable, production]) {
      expect(problems({ ...source, KAKAO_STORE_TOKENS: '1' })).toEqual([
        expect.stringMatching(/^SEALING_SECRET is missing/),
      ]);
      const kept = { ...source, KAKAO_STORE_TOKENS: '1', SEALING_SECRET: sealing };
      expect(problems(kept)).toEqual([]);
      expect(problems({ ...kept, NEXTAUTH_SECRET: `${secret},${sealing}` })).toEqual([
        expect.stringMatching(/^SEALING_SECRET must have no secret/),
      ]);
    }
    expect(problems(production)).toEqual([]);
  });

  it('with a database that has no file', () => {
    expect(problems({ ...usable, DATABASE_URL: 'file:' })).toHaveLength(1);
  });

  it('when a secret is missing, in development too', () => {
    expect(problems({ KAKAO_CLIENT_ID: 'k' })).toEqual([
      expect.stringMatching(/^NEXTAUTH_SECRET is missing/),
    ]);
    expect(problems({ NEXTAUTH_SECRET: secret })).toEqual([
      expect.stringMatching(/^KAKAO_CLIENT_ID is missing/),
    ]);
  });

  it.each([
    { SESSION_MAX_DAYS: '3', SESSION_IDLE_DAYS: '4' },
    { SESSION_MAX_DAYS: '3', SESSION_IDLE_DAYS: '30', LOG_LEVEL: 'loud' },
  ])('with sessions that may be idle for longer than they live: %o', (days) => {
    expect(problems({ ...usable, ...days })).toContain('SESSION_IDLE_DAYS must be at most SESSION_MAX_DAYS');
  });

  it('once for a name, not once for every rule', () => {
    const found = problems({ ...production, NEXTAUTH_URL: 'http://example.com' });
    expect(found).toEqual([expect.stringMatching(/^NEXTAUTH_URL must be https/)]);
  });
});

describe('production is refused', () => {
  it.each([
    ['NEXTAUTH_URL', undefined],
    ['NEXTAUTH_URL', ''],
    ['NEXTAUTH_URL', 'http://app.internal'],
    ['NEXTAUTH_SECRET', 'abcdefghij'.repeat(4)],
    ['NEXTAUTH_SECRET', '0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ'],
    ['NEXTAUTH_SECRET', 'please-change-me-before-you-go-to-production'],
    ['NEXTAUTH_SECRET', `${secret},${'0123456789abcdef'.repeat(2)}`],
    ['KAKAO_API_ORIGIN', 'http://kakao:4000'],
    ['KAKAO_API_ORIGIN', 'http://192.168.0.10:4000'],
    ['KAKAO_AUTH_SERVER_ORIGIN', 'http://kakao:4000'],
    ['KAKAO_AUTH_SERVER_ORIGIN', 'http://kakao.local'],
    ['KAKAO_AUTH_ORIGIN', 'https://kauth.example'],
    ['NEXTAUTH_URL', 'http://example.com'],
    ['NEXTAUTH_URL', 'http://192.168.0.10:3000'],
    ['NEXTAUTH_URL', 'http://localhost.evil.com'],
    ['KAKAO_APP_ID', undefined],
    ['KAKAO_CLIENT_ID', undefined],
    ['NEXTAUTH_SECRET', undefined],
    ['KAKAO_AUTH_ORIGIN', 'http://localhost:4000'],
    ['KAKAO_API_ORIGIN', 'http://127.0.0.1:4000'],
    ['KAKAO_API_ORIGIN', 'https://[::1]:4000'],
  ])('with %s=%s', (name, value) => {
    expect(problems({ ...production, [name]: value })).toEqual([
      expect.stringMatching(new RegExp(`^${name} `)),
    ]);
  });

  it('unless it allows the local Kakao', () => {
    const local = { KAKAO_AUTH_ORIGIN: 'http://localhost:4000', KAKAO_API_ORIGIN: 'http://localhost:4000' };
    expect(problems({ ...production, ...local, ALLOW_LOCAL_KAKAO: '0' })).toHaveLength(2);
    const env = readEnv({ ...production, ...local, ALLOW_LOCAL_KAKAO: '1' });
    expect(env).toMatchObject({ localKakao: true, kakao: { issuer: 'http://localhost:4000' } });
  });

  it('also where it allows the local Kakao, of hosts that are neither', () => {
    for (const KAKAO_API_ORIGIN of [
      'https://kapi.example',
      'http://192.168.0.10:4000',
      'http://kakao.example',
    ]) {
      expect(problems({ ...production, KAKAO_API_ORIGIN, ALLOW_LOCAL_KAKAO: '1' })).toHaveLength(1);
    }
    const NEXTAUTH_URL = 'http://example.com';
    expect(problems({ ...production, NEXTAUTH_URL, ALLOW_LOCAL_KAKAO: '1' })).toHaveLength(1);
  });

  it.each([
    'http://localhost:4000',
    'http://kakao:4000',
    'https://kakao',
    'http://kakao.localhost:4000',
    'http://mac.local:4000',
    'http://kakao.svc.internal',
    'https://kauth-sandbox.kakao.com',
  ])('but not with a Kakao at %s, where it allows that', (url) => {
    const kakao = { KAKAO_AUTH_ORIGIN: url, KAKAO_API_ORIGIN: url, KAKAO_AUTH_SERVER_ORIGIN: url };
    expect(problems({ ...production, ...kakao, ALLOW_LOCAL_KAKAO: '1' })).toEqual([]);
  });

  it.each(['https://login.example.com', 'http://app:3000'])(
    'but not at %s with a local Kakao',
    (NEXTAUTH_URL) => {
      const KAKAO_AUTH_ORIGIN = 'http://localhost:4000';
      expect(problems({ ...production, NEXTAUTH_URL, KAKAO_AUTH_ORIGIN, ALLOW_LOCAL_KAKAO: '1' })).toEqual(
        [],
      );
    },
  );

  it.each([
    'http://localhost:3000',
    'http://127.0.0.1:3000',
    'http://[::1]:3000',
    'http://app.localhost:3000',
  ])('but not at %s', (NEXTAUTH_URL) => expect(problems({ ...production, NEXTAUTH_URL })).toEqual([]));
});

describe('an environment', () => {
  it('has the documented defaults', () => {
    expect(readEnv(usable)).toEqual({
      production: false,
      origin: 'http://localhost:3000',
      secrets: [secret],
      databaseUrl: 'file:./data/kakao-login.db',
      databasePoolSize: 10,
      kakao: {
        clientId: 'rest-api-key',
        clientSecret: undefined,
        appId: undefined,
        adminKey: undefined,
        redirectUri: 'http://localhost:3000/login/callback',
        scope: undefined,
        authOrigin: 'https://kauth.kakao.com',
        authServerOrigin: 'https://kauth.kakao.com',
        apiOrigin: 'https://kapi.kakao.com',
        issuer: 'https://kauth.kakao.com',
      },
      localKakao: false,
      storesKakaoTokens: false,
      sessionLimits: { maxSeconds: 30 * 86_400, idleMs: 7 * 86_400_000 },
      allowedOrigins: new Set(),
      trustedProxyHops: 0,
      logLevel: 'info',
      port: 3000,
      hostname: undefined,
    });
  });

  it('allows the origins that are named, and no others', () => {
    const named = { ...usable, ALLOWED_ORIGINS: ' https://app.example.com,http://localhost:5173, ' };
    expect([...readEnv(named).allowedOrigins]).toEqual(['https://app.example.com', 'http://localhost:5173']);
  });

  it.each([
    'postgresql://user:pass%40word@db.example:6432/app?sslmode=require',
    'postgres://db.example/app?schema=public',
    'postgresql:///app?host=/run/postgresql',
  ])('takes the database %s', (DATABASE_URL) => {
    const { databaseUrl, databasePoolSize } = readEnv({ ...usable, DATABASE_URL, DATABASE_POOL_SIZE: '25' });
    expect([databaseUrl, databasePoolSize]).toEqual([DATABASE_URL, 25]);
  });

  it('takes empty values for unset ones', () => {
    const names = ['NEXTAUTH_URL', 'DATABASE_URL', 'KAKAO_CLIENT_SECRET', 'KAKAO_APP_ID', 'KAKAO_SCOPE'];
    const more = [
      'KAKAO_AUTH_ORIGIN',
      'KAKAO_ISSUER',
      'KAKAO_STORE_TOKENS',
      'ALLOW_LOCAL_KAKAO',
      'TRUSTED_PROXY_HOPS',
      'LOG_LEVEL',
    ];
    const empty = Object.fromEntries([...names, ...more].map((name, i) => [name, i % 2 ? '' : '  ']));
    expect(readEnv({ ...usable, ...empty })).toEqual(readEnv(usable));
    expect(problems({ ...usable, NEXTAUTH_SECRET: '' })).toHaveLength(1);
    expect(problems({ ...production, KAKAO_APP_ID: ' ' })).toHaveLength(1);
  });

  it('rotates secrets: the first one signs', () => {
    const older = 'an-older-secret-of-at-least-32-bytes';
    expect(readEnv({ ...usable, NEXTAUTH_SECRET: `${secret}, ${older}` }).secrets).toEqual([secret, older]);
  });

  it('rotates sealing secrets too: the first one seals', () => {
    const older = 'an-older-sealing-secret-of-32-bytes';
    const { sealingSecrets } = readEnv({ ...usable, SEALING_SECRET: `${sealing}, ${older}` });
    expect(sealingSecrets).toEqual([sealing, older]);
  });

  it.each(['account_email,openid', 'account_email openid', ' account_email , openid,'])(
    'sends the scope %j with spaces',
    (KAKAO_SCOPE) => expect(readEnv({ ...usable, KAKAO_SCOPE }).kakao.scope).toBe('account_email openid'),
  );

  it('does without a scope that is only commas', () => {
    expect(readEnv({ ...usable, KAKAO_SCOPE: ', ,' }).kakao.scope).toBeUndefined();
  });

  it('forgives a slash at the end of an origin', () => {
    const source = {
      ...production,
      NEXTAUTH_URL: 'https://example.com/',
      KAKAO_API_ORIGIN: 'https://k.kakao.com/',
    };
    expect(readEnv(source)).toMatchObject({
      origin: 'https://example.com',
      kakao: { apiOrigin: 'https://k.kakao.com', redirectUri: 'https://example.com/login/callback' },
    });
  });

  it('expects ID tokens of the authorize origin unless told otherwise', () => {
    const KAKAO_AUTH_ORIGIN = 'http://192.168.0.10:4000';
    expect(readEnv({ ...usable, KAKAO_AUTH_ORIGIN }).kakao.issuer).toBe(KAKAO_AUTH_ORIGIN);
    const told = readEnv({ ...usable, KAKAO_AUTH_ORIGIN, KAKAO_ISSUER: 'https://issuer.example' });
    expect(told.kakao.issuer).toBe('https://issuer.example');
  });

  it.each([
    ['https://EXAMPLE.com:443/', 'https://example.com'],
    ['HTTP://LocalHost:80', 'http://localhost'],
    ['http://127.1:3000', 'http://127.0.0.1:3000'],
    ['https://카카오.example', 'https://xn--vk5b15ma.example'],
  ])('has the origin %s as browsers write it', (NEXTAUTH_URL, expected) => {
    const env = readEnv({ ...usable, NEXTAUTH_URL });
    expect(env.origin).toBe(new URL(expected).origin);
    expect(env.kakao.redirectUri).toBe(`${new URL(expected).origin}/login/callback`);
  });

  it('asks Kakao for tokens where the browser goes, unless told otherwise', () => {
    const KAKAO_AUTH_ORIGIN = 'http://localhost:4000';
    expect(readEnv({ ...usable, KAKAO_AUTH_ORIGIN }).kakao.authServerOrigin).toBe(KAKAO_AUTH_ORIGIN);
    const KAKAO_AUTH_SERVER_ORIGIN = 'http://kakao:4000';
    expect(readEnv({ ...usable, KAKAO_AUTH_ORIGIN, KAKAO_AUTH_SERVER_ORIGIN })).toMatchObject({
      localKakao: true,
      kakao: {
        authOrigin: KAKAO_AUTH_ORIGIN,
        authServerOrigin: KAKAO_AUTH_SERVER_ORIGIN,
        issuer: KAKAO_AUTH_ORIGIN,
      },
    });
  });

  it.each([
    ['365', undefined, 365, 7],
    ['3', undefined, 3, 3],
    ['365', '365', 365, 365],
    [undefined, '1', 30, 1],
  ])('with SESSION_MAX_DAYS=%s and SESSION_IDLE_DAYS=%s', (max, idle, maxDays, idleDays) => {
    expect(readEnv({ ...usable, SESSION_MAX_DAYS: max, SESSION_IDLE_DAYS: idle }).sessionLimits).toEqual({
      maxSeconds: maxDays * 86_400,
      idleMs: idleDays * 86_400_000,
    });
  });
});
