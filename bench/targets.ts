import { join, resolve } from 'node:path';
import type { Answer, Browser } from './browser.ts';
import { kakaoApp } from './kakao.ts';

/** A server that people log in to with Kakao, as it is started and as a browser uses it. */
export interface Target {
  /** What `--only` calls it. */
  readonly id: string;
  readonly name: string;
  /** Arguments of `node`, or the folder of a Next.js app that has to be built first. */
  readonly command: readonly string[];
  readonly nextApp?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Whether Kakao sends ID tokens. */
  readonly idTokens?: boolean;
  /** Its first page: it has started when this one answers. */
  readonly page: string;
  /** From the button to Kakao: the address that the browser is sent to. */
  start(browser: Browser, origin: string): Promise<string>;
  /** The first check of the new session. */
  check(browser: Browser, origin: string): Promise<Answer>;
}

/** Next's command line; absolute, because each app is started in its own folder. */
export const nextCommand = resolve('node_modules', 'next', 'dist', 'bin', 'next');
export const benchSecret = 'bench-secret-0123456789-abcdefghijklmnopqrstuvwxyz';

const ours = {
  command: ['.next/front/server.mjs'],
  page: '/login',
  env: {
    LOG_LEVEL: 'warn',
    TRUSTED_PROXY_HOPS: '1',
    ALLOW_LOCAL_KAKAO: '1',
    KAKAO_ADMIN_KEY: kakaoApp.adminKey,
  },
  start: async (browser: Browser, origin: string) =>
    (await browser.send('POST', `${origin}/login/kakao`, {})).location,
  check: (browser: Browser, origin: string) => browser.send('GET', `${origin}/api/me`),
} satisfies Partial<Target>;

/** This app without and with OpenID Connect, and what it is compared with; each in its documented set-up. */
const targets: readonly Target[] = [
  { ...ours, id: 'ours', name: 'kakao-login' },
  {
    ...ours,
    id: 'ours-oidc',
    name: 'kakao-login, ID token',
    idTokens: true,
    env: { ...ours.env, KAKAO_SCOPE: 'openid' },
  },
  {
    ...ours,
    id: 'bare-next',
    name: 'bare Next.js',
    page: '/',
    nextApp: 'bench/targets/bare-next',
    command: [nextCommand, 'start'],
  },
  {
    id: 'next-auth',
    name: 'next-auth 4',
    page: '/',
    nextApp: 'bench/targets/next-auth',
    command: [nextCommand, 'start'],
    start: async (browser, origin) => {
      const { csrfToken } = JSON.parse((await browser.send('GET', `${origin}/api/auth/csrf`)).body);
      const form = { csrfToken, callbackUrl: `${origin}/account`, json: 'true' };
      return JSON.parse((await browser.send('POST', `${origin}/api/auth/signin/kakao`, form)).body).url;
    },
    check: (browser, origin) => browser.send('GET', `${origin}/api/auth/session`),
  },
  {
    id: 'better-auth',
    name: 'better-auth',
    page: '/',
    nextApp: 'bench/targets/better-auth',
    command: [nextCommand, 'start'],
    start: async (browser, origin) => {
      const order = { provider: 'kakao', callbackURL: '/account' };
      return JSON.parse((await browser.sendJson(`${origin}/api/auth/sign-in/social`, order)).body).url;
    },
    check: (browser, origin) => browser.send('GET', `${origin}/api/auth/get-session`),
  },
  {
    id: 'express',
    name: 'Express + passport-kakao',
    page: '/me',
    command: ['bench/targets/express-passport.mjs'],
    start: async (browser, origin) => (await browser.send('GET', `${origin}/auth/kakao`)).location,
    check: (browser, origin) => browser.send('GET', `${origin}/me`),
  },
  { ...ours, id: 'node-http', name: 'bare node:http', page: '/', command: ['bench/targets/node-http.mjs'] },
];

/** The environment of a server under test. */
export function environmentOf(target: Target, port: number, kakaoOrigin: string, folder: string) {
  return {
    PORT: String(port),
    HOSTNAME: '127.0.0.1',
    NEXTAUTH_URL: `http://127.0.0.1:${port}`,
    NEXTAUTH_SECRET: benchSecret,
    DATABASE_URL: `file:${join(folder, 'bench.db')}`,
    BETTER_AUTH_FILE: join(folder, 'better-auth.db'),
    KAKAO_CLIENT_ID: kakaoApp.clientId,
    KAKAO_CLIENT_SECRET: kakaoApp.clientSecret,
    KAKAO_APP_ID: kakaoApp.appId,
    KAKAO_AUTH_ORIGIN: kakaoOrigin,
    KAKAO_API_ORIGIN: kakaoOrigin,
    ...target.env,
  };
}

/** What the ratios refer to. */
export const reference = 'bare Next.js';

/** The targets of these ids, and the reference. */
export function targetsOf(ids: readonly string[] | undefined): readonly Target[] {
  const unknown = ids?.filter((wanted) => !targets.some(({ id }) => id === wanted)) ?? [];
  if (unknown.length > 0) {
    throw new RangeError(`no target ${unknown}; there are ${targets.map(({ id }) => id).join(', ')}`);
  }
  return targets.filter(({ id, name }) => !ids || ids.includes(id) || name === reference);
}
