import { z } from 'zod';
import type { KakaoConfig } from '../kakao/config';

/** Every problem of the configuration in one message that names variables, never values. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\]|.*\.localhost)$/;

/** An origin such as `https://example.com`: no path, no query, no credentials. */
const origin = z
  .string()
  .transform((value) => value.replace(/\/$/, ''))
  .refine((value) => URL.canParse(value) && new URL(value).origin === value && /^https?:/.test(value), {
    message: 'must be an origin such as https://example.com, without a path',
  });

const secureOrigin = origin.refine(
  (value) => !URL.canParse(value) || value.startsWith('https:') || isLoopback(value),
  { message: 'must be https, unless its host is loopback' },
);

const secrets = z
  .string({ error: 'is missing: npm run setup makes one for development' })
  .transform((value) => value.split(',').map((secret) => secret.trim()))
  .refine((all) => all.every((secret) => Buffer.byteLength(secret) >= 32), {
    message: 'needs at least 32 bytes in each of its comma-separated secrets',
  });

const scope = z
  .string()
  .optional()
  .transform(
    (value) =>
      value
        ?.split(/[\s,]+/)
        .filter(Boolean)
        .join(' ') || undefined,
  )
  .refine((value) => value === undefined || /^[a-z_ ]+$/.test(value), {
    message: 'must be consent item ids separated by spaces or commas',
  });

const onOff = z.enum(['0', '1'], { error: 'must be 1 or unset' }).optional();

const schema = z.object({
  NODE_ENV: z.string().optional(),
  NEXTAUTH_URL: origin.default('http://localhost:3000'),
  NEXTAUTH_SECRET: secrets,
  DATABASE_URL: z
    .string()
    .regex(/^file:./, { message: 'must start with file: (this version keeps its data in SQLite)' })
    .default('file:./data/kakao-login.db'),
  KAKAO_CLIENT_ID: z
    .string({ error: 'is missing: the REST API key of your Kakao app' })
    .regex(/^[\w-]{1,128}$/, {
      message: 'must be a REST API key',
    }),
  KAKAO_CLIENT_SECRET: z.string().optional(),
  KAKAO_APP_ID: z
    .string()
    .regex(/^[1-9]\d{0,18}$/, { message: 'must be the numeric app id' })
    .optional(),
  KAKAO_ADMIN_KEY: z
    .string()
    .regex(/^[\w-]{1,128}$/, { message: 'must be an admin key' })
    .optional(),
  KAKAO_SCOPE: scope,
  KAKAO_AUTH_ORIGIN: secureOrigin.default('https://kauth.kakao.com'),
  KAKAO_API_ORIGIN: secureOrigin.default('https://kapi.kakao.com'),
  KAKAO_ISSUER: z.url({ error: 'must be a URL' }).optional(),
  KAKAO_STORE_TOKENS: onOff,
  ALLOW_LOCAL_KAKAO: onOff,
  TRUSTED_PROXY_HOPS: z
    .string()
    .regex(/^\d{1,2}$/, { message: 'must be a whole number of proxies' })
    .default('0')
    .transform(Number),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { error: 'must be a pino level' })
    .default('info'),
});

/** The whole configuration, read once at boot. Secrets never leave this object for a log or an answer. */
export type Env = Readonly<ReturnType<typeof settings>>;

function settings(read: z.infer<typeof schema>) {
  const kakao: KakaoConfig = {
    clientId: read.KAKAO_CLIENT_ID,
    clientSecret: read.KAKAO_CLIENT_SECRET,
    appId: read.KAKAO_APP_ID,
    adminKey: read.KAKAO_ADMIN_KEY,
    redirectUri: `${read.NEXTAUTH_URL}/login/callback`,
    scope: read.KAKAO_SCOPE,
    authOrigin: read.KAKAO_AUTH_ORIGIN,
    apiOrigin: read.KAKAO_API_ORIGIN,
    issuer: read.KAKAO_ISSUER ?? read.KAKAO_AUTH_ORIGIN,
  };
  return {
    production: read.NODE_ENV === 'production',
    origin: read.NEXTAUTH_URL,
    secrets: read.NEXTAUTH_SECRET,
    databaseUrl: read.DATABASE_URL,
    kakao,
    localKakao: isLoopback(kakao.authOrigin) || isLoopback(kakao.apiOrigin),
    storesKakaoTokens: read.KAKAO_STORE_TOKENS === '1',
    trustedProxyHops: read.TRUSTED_PROXY_HOPS,
    logLevel: read.LOG_LEVEL,
  };
}

/**
 * Reads the configuration from an environment. An empty value counts as unset.
 *
 * @throws EnvError naming every missing or wrong variable
 */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value?.trim()));
  const result = schema.safeParse(given);
  const problems = result.success
    ? []
    : result.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`);
  problems.push(...productionProblems(given));
  if (!result.success || problems.length > 0) throw new EnvError([...new Set(problems)]);
  return settings(result.data);
}

/** What only production refuses. Each rule only speaks of values that are well-formed by themselves. */
function productionProblems(given: Readonly<Record<string, string | undefined>>): string[] {
  if (given['NODE_ENV'] !== 'production') return [];
  const problems: string[] = [];
  const url = given['NEXTAUTH_URL'] ?? 'http://localhost:3000';
  if (origin.safeParse(url).success && !url.startsWith('https:') && !isLoopback(url)) {
    problems.push('NEXTAUTH_URL must be https in production, unless its host is loopback');
  }
  if (!given['KAKAO_APP_ID']) problems.push('KAKAO_APP_ID is missing: the numeric id of your Kakao app');
  for (const name of ['KAKAO_AUTH_ORIGIN', 'KAKAO_API_ORIGIN']) {
    if (given['ALLOW_LOCAL_KAKAO'] !== '1' && isLoopback(given[name] ?? '')) {
      problems.push(`${name} is a local Kakao: production needs ALLOW_LOCAL_KAKAO=1 for that`);
    }
  }
  return problems;
}

function isLoopback(value: string): boolean {
  return URL.canParse(value) && loopback.test(new URL(value).hostname);
}

let cached: Env | undefined;

/** The configuration of this process. The only reader of `process.env` in the app. */
export function env(): Env {
  cached ??= readEnv(process.env);
  return cached;
}

/**
 * Where the HTTP server listens, and whether people come by https. Asked before the configuration is, so that what is
 * wrong with the port is said alone.
 *
 * @throws Error for a port that is none
 */
export function listenSettings() {
  const { PORT, HOSTNAME, NEXTAUTH_URL } = process.env;
  const port = Number(PORT || '3000');
  if (!/^\d+$/.test(PORT || '3000') || port < 1 || port > 65_535) {
    throw new Error('PORT is not a port: give a number from 1 to 65535, such as PORT=3000.');
  }
  return { port, hostname: HOSTNAME || undefined, https: NEXTAUTH_URL?.startsWith('https:') ?? false };
}

/** next-auth reads NEXTAUTH_URL by itself; this gives it the same default as everything else. */
export function publishOrigin(): void {
  process.env['NEXTAUTH_URL'] = env().origin;
}
