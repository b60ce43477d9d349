import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { EnvError, readEnv, settingsWithoutEffect, variables } from '@/lib/server/env';

const secret = 'a-secret-for-tests-of-at-least-32-bytes';
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

/** A good value of every variable. */
const good: Readonly<Record<string, string>> = {
  NODE_ENV: 'production',
  NEXTAUTH_URL: 'https://example.com',
  NEXTAUTH_SECRET: secret,
  SEALING_SECRET: 'another-secret-for-tests-of-32-bytes',
  DATABASE_URL: 'file:./data/app.db',
  DATABASE_POOL_SIZE: '10',
  KAKAO_CLIENT_ID: 'rest-api-key',
  KAKAO_CLIENT_SECRET: 'client-secret',
  KAKAO_APP_ID: '1234567',
  KAKAO_ADMIN_KEY: 'admin-key',
  KAKAO_SCOPE: 'account_email openid',
  KAKAO_AUTH_ORIGIN: 'https://kauth.kakao.com',
  KAKAO_AUTH_SERVER_ORIGIN: 'https://kauth.kakao.com',
  KAKAO_API_ORIGIN: 'https://kapi.kakao.com',
  KAKAO_ISSUER: 'https://kauth.kakao.com',
  KAKAO_STORE_TOKENS: '1',
  ALLOW_LOCAL_KAKAO: '0',
  ALLOWED_ORIGINS: 'https://app.example.com',
  SESSION_MAX_DAYS: '30',
  SESSION_IDLE_DAYS: '7',
  TRUSTED_PROXY_HOPS: '1',
  CRON_SECRET: 'a-cron-secret-for-tests',
  METRICS_TOKEN: 'a-metrics-token-for-tests',
  LOG_LEVEL: 'warn',
  PORT: '3000',
  HOSTNAME: '127.0.0.1',
};

describe.each(variables)('%s', (name) => {
  const value = good[name] ?? '';

  it('has a good value here', () => {
    expect(value).not.toBe('');
    expect(problems({ ...good })).toEqual([]);
  });

  it.each([
    ['a space in front', ` ${value}`],
    ['a line end behind', `${value}\r\n`],
    ['white space around it, also of other kinds', `\t\u00a0${value}\u3000\ufeff`],
  ])('with %s is the same', (_, padded) => {
    expect(readEnv({ ...good, [name]: padded })).toEqual(readEnv(good));
  });

  it.each([
    ['in quotes', `"${value}"`],
    ['in single quotes', `'${value}'`],
    ['in quotes of a word processor', `“${value}”`],
    ['in quotes with white space', ` "${value}" \n`],
    ['with a line break inside', `${value.slice(0, 1)}\n${value.slice(1)}x`],
    ['with a control character', `${value}\u0000x`],
    ['with a zero-width space', `${value}\u200b`],
  ])('%s is refused by its name alone', (_, wrong) => {
    const found = problems({ ...good, [name]: wrong });
    expect(found.filter((problem) => problem.startsWith(`${name} `))).toHaveLength(1);
    expect(found.join()).not.toContain(wrong.trim());
  });

  it('that is only white space is unset', () => {
    const { [name]: _, ...others } = good;
    expect(problems({ ...good, [name]: ' \n' })).toEqual(problems(others));
  });

  it('is explained in .env.example', () => {
    const explained = readFileSync('.env.example', 'utf8');
    if (name !== 'NODE_ENV') expect(explained).toMatch(new RegExp(`^# ${name}=`, 'm'));
  });
});

describe('a variable without effect', () => {
  it.each([
    'REDIS_URL',
    'HTTPS_PROXY',
    'https_proxy',
    'HTTP_PROXY',
    'ADMIN_KAKAO_IDS',
    'KAKAO_REST_API_KEY',
    'NEXTAUTH_SECRETS',
  ])('such as %s is named, with the reason, and its value is not', (name) => {
    const [found = '', ...more] = settingsWithoutEffect({ ...good, [name]: 'the-value' });
    expect(found).toMatch(new RegExp(`^${name} \\(.+\\)$`));
    expect(found).not.toContain('the-value');
    expect(more).toEqual([]);
  });

  it('is none of those that are read, nor one that is empty', () => {
    expect(
      settingsWithoutEffect({ ...good, REDIS_URL: ' ', KAKAO_EMULATOR_PORT: '4000', PATH: '/bin' }),
    ).toEqual([]);
  });
});
