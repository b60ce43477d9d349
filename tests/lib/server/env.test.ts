import { describe, expect, it } from 'vitest';
import { EnvError, readEnv } from '@/lib/server/env';

const secret = 'a-secret-for-tests-of-at-least-32-bytes';
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
    ['NEXTAUTH_URL', 'https://EXAMPLE.com'],
    ['NEXTAUTH_SECRET', 'short'],
    ['NEXTAUTH_SECRET', 'x'.repeat(31)],
    ['NEXTAUTH_SECRET', `${secret},short`],
    ['NEXTAUTH_SECRET', `${secret},`],
    ['DATABASE_URL', 'mysql://localhost/x'],
    ['DATABASE_URL', './data/app.db'],
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
    ['KAKAO_ISSUER', 'kauth'],
    ['ALLOW_LOCAL_KAKAO', 'yes'],
    ['KAKAO_STORE_TOKENS', 'true'],
    ['KAKAO_ADMIN_KEY', 'KakaoAK 1234'],
    ['TRUSTED_PROXY_HOPS', '-1'],
    ['TRUSTED_PROXY_HOPS', 'one'],
    ['TRUSTED_PROXY_HOPS', '1.5'],
    ['TRUSTED_PROXY_HOPS', '100'],
    ['LOG_LEVEL', 'loud'],
  ])('with %s=%s, by name and without the value', (name, value) => {
    const found = problems({ ...usable, [name]: value });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(new RegExp(`^${name} `));
    expect(found[0]).not.toContain(value);
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

  it('once for a name, not once for every rule', () => {
    const found = problems({ ...production, NEXTAUTH_URL: 'http://example.com' });
    expect(found).toEqual([expect.stringMatching(/^NEXTAUTH_URL must be https/)]);
  });
});

describe('production is refused', () => {
  it.each([
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
      kakao: {
        clientId: 'rest-api-key',
        clientSecret: undefined,
        appId: undefined,
        adminKey: undefined,
        redirectUri: 'http://localhost:3000/login/callback',
        scope: undefined,
        authOrigin: 'https://kauth.kakao.com',
        apiOrigin: 'https://kapi.kakao.com',
        issuer: 'https://kauth.kakao.com',
      },
      localKakao: false,
      storesKakaoTokens: false,
      trustedProxyHops: 0,
      logLevel: 'info',
    });
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
      KAKAO_API_ORIGIN: 'https://k.example/',
    };
    expect(readEnv(source)).toMatchObject({
      origin: 'https://example.com',
      kakao: { apiOrigin: 'https://k.example', redirectUri: 'https://example.com/login/callback' },
    });
  });

  it('expects ID tokens of the authorize origin unless told otherwise', () => {
    const KAKAO_AUTH_ORIGIN = 'https://kauth.example';
    expect(readEnv({ ...usable, KAKAO_AUTH_ORIGIN }).kakao.issuer).toBe(KAKAO_AUTH_ORIGIN);
    const told = readEnv({ ...usable, KAKAO_AUTH_ORIGIN, KAKAO_ISSUER: 'https://issuer.example' });
    expect(told.kakao.issuer).toBe('https://issuer.example');
  });
});
