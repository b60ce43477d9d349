import { z } from 'zod';
import type { KakaoConfig } from '../kakao/config';
import { isKakao, isLocalName, isLoopback, kakaoHostProblem } from './hosts';
import * as formats from './setting-formats';

/** Every problem of the configuration in one message that names variables, never values. */
export class EnvError extends Error {
  override readonly name = 'EnvError';
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.problems = problems;
  }
}

const schema = z.object({
  NODE_ENV: z.string().optional(),
  NEXTAUTH_URL: formats.origin.default('http://localhost:3000'),
  NEXTAUTH_SECRET: formats.secrets,
  DATABASE_URL: formats.databaseUrl.default('file:./data/kakao-login.db'),
  DATABASE_POOL_SIZE: formats.poolSize.default(10),
  KAKAO_CLIENT_ID: z
    .string({ error: 'is missing: the REST API key of your Kakao app' })
    .regex(/^[\w-]{1,128}$/, { message: 'must be a REST API key' }),
  KAKAO_CLIENT_SECRET: z
    .string()
    .regex(/^(?!.*["'`])[!-~]{1,256}$/, { message: 'must be a client secret' })
    .optional(),
  KAKAO_APP_ID: formats.appId.optional(),
  KAKAO_ADMIN_KEY: formats.adminKey.optional(),
  KAKAO_SCOPE: formats.scope,
  KAKAO_AUTH_ORIGIN: formats.origin.default('https://kauth.kakao.com'),
  KAKAO_AUTH_SERVER_ORIGIN: formats.origin.optional(),
  KAKAO_API_ORIGIN: formats.origin.default('https://kapi.kakao.com'),
  KAKAO_ISSUER: z.url({ error: 'must be a URL' }).optional(),
  KAKAO_STORE_TOKENS: formats.onOff,
  SEALING_SECRET: formats.secrets.optional(),
  ALLOW_LOCAL_KAKAO: formats.onOff,
  SESSION_MAX_DAYS: formats.days,
  SESSION_IDLE_DAYS: formats.days,
  ALLOWED_ORIGINS: formats.origins.optional(),
  TRUSTED_PROXY_HOPS: formats.hops.default(0),
  CRON_SECRET: formats.bearerToken,
  METRICS_TOKEN: formats.bearerToken,
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], { error: 'must be a pino level' })
    .default('info'),
  PORT: formats.port.default(3000),
  HOSTNAME: z
    .string()
    .regex(/^[\w.:%[\]-]+$/, { message: 'must be an address or a host name to listen on' })
    .transform((host) => host.replace(/^\[|\]$/g, ''))
    .optional(),
});

/** The variables that this app reads. */
export const variables = Object.keys(schema.shape) as readonly (keyof typeof schema.shape)[];

const dayMs = 24 * 3_600_000;

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
    authServerOrigin: read.KAKAO_AUTH_SERVER_ORIGIN ?? read.KAKAO_AUTH_ORIGIN,
    apiOrigin: read.KAKAO_API_ORIGIN,
    issuer: read.KAKAO_ISSUER ?? read.KAKAO_AUTH_ORIGIN,
  };
  const maxDays = read.SESSION_MAX_DAYS ?? 30;
  return {
    production: read.NODE_ENV === 'production',
    origin: read.NEXTAUTH_URL,
    secrets: read.NEXTAUTH_SECRET,
    databaseUrl: read.DATABASE_URL,
    databasePoolSize: read.DATABASE_POOL_SIZE,
    kakao,
    localKakao: ![kakao.authOrigin, kakao.authServerOrigin, kakao.apiOrigin].every(isKakao),
    sealingSecrets: read.SEALING_SECRET,
    storesKakaoTokens: read.KAKAO_STORE_TOKENS === '1',
    sessionLimits: {
      maxSeconds: (maxDays * dayMs) / 1_000,
      idleMs: (read.SESSION_IDLE_DAYS ?? Math.min(7, maxDays)) * dayMs,
    },
    allowedOrigins: new Set(read.ALLOWED_ORIGINS),
    trustedProxyHops: read.TRUSTED_PROXY_HOPS,
    cronSecret: read.CRON_SECRET,
    metricsToken: read.METRICS_TOKEN,
    logLevel: read.LOG_LEVEL,
    port: read.PORT,
    hostname: read.HOSTNAME,
  };
}

type Source = Readonly<Record<string, string | undefined>>;

/**
 * Reads the configuration from an environment. White space around a value is dropped, and an empty one counts as unset.
 *
 * @throws EnvError naming every missing or wrong variable
 */
export function readEnv(source: Source): Env {
  const given = givenValues(source);
  const result = schema.safeParse(given);
  const issues = result.success ? [] : result.error.issues;
  const problems = [
    ...formats.unreadable(given),
    ...issues.map((issue) => `${String(issue.path[0])} ${issue.message}`),
    ...productionProblems(given),
    ...disagreements(given),
    ...sealingProblems(given),
  ];
  // One problem a variable: the first says it best.
  const first = new Map(problems.reverse().map((problem) => [problem.split(' ', 1)[0], problem]));
  if (!result.success || first.size > 0) throw new EnvError([...first.values()].reverse());
  return settings(result.data);
}

/** What is set of our variables, without the white space around it. */
function givenValues(source: Source): Record<string, string> {
  const values = variables.map((name) => [name, source[name]?.trim() ?? ''] as const);
  return Object.fromEntries(values.filter(([, value]) => value !== ''));
}

/** The variables that hold secrets of our own making. */
const secretFormats = {
  NEXTAUTH_SECRET: formats.secrets,
  SEALING_SECRET: formats.secrets,
  CRON_SECRET: formats.bearerToken,
  METRICS_TOKEN: formats.bearerToken,
};

/** What only production refuses. Each rule only speaks of values that are well-formed by themselves. */
function productionProblems(given: Source): string[] {
  if (given['NODE_ENV'] !== 'production') return [];
  const problems: string[] = [];
  const url = given['NEXTAUTH_URL'];
  const isLocal = given['ALLOW_LOCAL_KAKAO'] === '1' ? isLocalName : isLoopback;
  if (!url) {
    problems.push('NEXTAUTH_URL is missing: the public origin of the app, such as https://example.com');
  } else if (!/^https:/i.test(url) && !isLocal(url)) {
    problems.push('NEXTAUTH_URL must be https in production, unless its host is loopback');
  }
  if (!given['KAKAO_APP_ID']) problems.push('KAKAO_APP_ID is missing: the numeric id of your Kakao app');
  for (const [name, format] of Object.entries(secretFormats)) {
    if ([format.safeParse(given[name]).data ?? []].flat().some(formats.isTrivial)) {
      problems.push(`${name} can be guessed: make one with \`openssl rand -base64 48\``);
    }
  }
  return problems;
}

/** Hosts that are not Kakao's (RFC 9700 4.8: the secret and the codes go there), and limits that contradict each other. */
function disagreements(given: Source): string[] {
  const isProduction = given['NODE_ENV'] === 'production';
  const allowsLocal = given['ALLOW_LOCAL_KAKAO'] === '1';
  const problems = ['KAKAO_AUTH_ORIGIN', 'KAKAO_AUTH_SERVER_ORIGIN', 'KAKAO_API_ORIGIN'].flatMap((name) => {
    const url = given[name];
    const problem = url === undefined ? null : kakaoHostProblem(url, { isProduction, allowsLocal });
    return problem ? [`${name} ${problem}`] : [];
  });
  const [idle = 1, max = 30] = [
    formats.days.safeParse(given['SESSION_IDLE_DAYS']),
    formats.days.safeParse(given['SESSION_MAX_DAYS']),
  ].map(({ data }) => data);
  if (idle > max) {
    problems.push('SESSION_IDLE_DAYS must be at most SESSION_MAX_DAYS');
  }
  return problems;
}

const noProxy = 'calls to Kakao do not go through a proxy';
/** What this version does not use, although other versions, other programs or next-auth's guides do, and why. */
const withoutEffect: Readonly<Record<string, string>> = {
  REDIS_URL: 'rate limits are kept in this process',
  HTTPS_PROXY: noProxy,
  HTTP_PROXY: noProxy,
  ALL_PROXY: noProxy,
  ADMIN_KAKAO_IDS: 'there is no /admin',
  AUTH_SECRET: 'its name here is NEXTAUTH_SECRET',
  AUTH_URL: 'its name here is NEXTAUTH_URL',
};

/** Variables that are set and change nothing, each with the reason; also what is misspelt with one of our prefixes. */
export function settingsWithoutEffect(source: Source): string[] {
  return Object.keys(source).flatMap((name) => {
    if (!source[name]?.trim() || name in schema.shape || name === 'KAKAO_EMULATOR_PORT') return [];
    const reason =
      withoutEffect[name] ??
      withoutEffect[name.replace(/^(https?|all)_proxy$/, (proxy) => proxy.toUpperCase())];
    if (reason) return [`${name} (${reason})`];
    return /^(KAKAO|NEXTAUTH)_/.test(name) ? [`${name} (no variable has this name)`] : [];
  });
}

/** Other services may hold the secret that signs; what is kept of Kakao must not open with it. */
function sealingProblems(given: Source): string[] {
  const sealing = given['SEALING_SECRET'];
  if (!sealing) {
    const isMissing = given['KAKAO_STORE_TOKENS'] === '1';
    return isMissing ? ['SEALING_SECRET is missing: npm run setup makes one for development'] : [];
  }
  const signing = new Set(formats.secrets.safeParse(given['NEXTAUTH_SECRET']).data);
  const isShared = formats.secrets.safeParse(sealing).data?.some((secret) => signing.has(secret)) ?? false;
  return isShared ? ['SEALING_SECRET must have no secret in it that NEXTAUTH_SECRET has'] : [];
}

let cached: Env | undefined;

/** The configuration of this process. The only reader of `process.env` in the app. */
export function env(): Env {
  cached ??= readEnv(process.env);
  return cached;
}

/** One line about what is set in vain, or none. */
export function warningAtStart(): string | null {
  const names = settingsWithoutEffect(process.env);
  return names.length > 0 ? `Set without effect: ${names.join(', ')}.` : null;
}

/** next-auth reads NEXTAUTH_URL by itself; this gives it the same default as everything else. */
export function publishOrigin(): void {
  process.env['NEXTAUTH_URL'] = env().origin;
}
