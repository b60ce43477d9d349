import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmulator } from '../emulator/src/index.ts';
import { logIn } from './browser-like.ts';
import { freePort, type Server, startServer, usage } from './server.ts';

/** One measurement: whole logins per second, CPU seconds per 1,000 of them, resident memory after. */
interface Result {
  readonly perSecond: number;
  readonly cpuPer1000: number;
  readonly residentMb: number;
}

const loginsPerRound = Number(process.argv[2] ?? 1_500);
const soakLogins = Number(process.argv[3] ?? 20_000);
const rounds = 3;
let seed = 1;

async function measure(server: Server, browsers: number, logins: number): Promise<Result> {
  const before = usage(server).cpuSeconds;
  const begun = performance.now();
  let left = logins;
  const one = async (): Promise<void> => {
    while (left-- > 0) await logIn(server.url, seed++);
  };
  await Promise.all(Array.from({ length: browsers }, one));
  const seconds = (performance.now() - begun) / 1_000;
  const after = usage(server);
  const cpuPer1000 = ((after.cpuSeconds - before) / logins) * 1_000;
  return { perSecond: logins / seconds, cpuPer1000, residentMb: after.residentMb };
}

/** Alternates the two servers, so that a slow moment of the machine meets both; the median of each counts. */
async function compare(app: Server, bare: Server, browsers: number): Promise<void> {
  const results: [Result[], Result[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    results[0].push(await measure(app, browsers, loginsPerRound));
    results[1].push(await measure(bare, browsers, loginsPerRound));
  }
  const [ours, theirs] = [median(results[0]), median(results[1])];
  print(`${browsers} browser${browsers > 1 ? 's' : ''}`, ours, theirs);
}

function median(results: readonly Result[]): Result {
  const sorted = [...results].sort((a, b) => a.perSecond - b.perSecond);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (!middle) throw new Error('nothing was measured');
  return middle;
}

function print(label: string, ours: Result, theirs: Result): void {
  const row = (name: string, a: number, b: number, digits: number): string =>
    `| ${label} | ${name} | ${a.toFixed(digits)} | ${b.toFixed(digits)} | ${b ? (a / b).toFixed(2) : '-'} |`;
  console.log(row('logins per second', ours.perSecond, theirs.perSecond, 0));
  console.log(row('CPU s per 1,000 logins', ours.cpuPer1000, theirs.cpuPer1000, 2));
  console.log(row('resident MB', ours.residentMb, theirs.residentMb, 0));
}

async function startBoth(folder: string) {
  const ports = [await freePort(), await freePort()] as const;
  const urls = [`http://localhost:${ports[0]}`, `http://localhost:${ports[1]}`] as const;
  const emulator = await startEmulator({ port: 0, redirectUris: urls.map((url) => `${url}/login/callback`) });
  const approve = { userId: '3900000001', always: true };
  await fetch(`${emulator.url}/__emulator/v1/auto-approve`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(approve),
  });
  const first = emulator.apps()[0];
  if (!first) throw new Error('the local Kakao has no app');
  const env = (port: number) => ({
    NODE_ENV: 'production',
    PORT: String(port),
    HOSTNAME: 'localhost',
    NEXTAUTH_URL: `http://localhost:${port}`,
    NEXTAUTH_SECRET: 'a secret for the benchmark and nothing else',
    DATABASE_URL: `file:${join(folder, 'bench.db')}`,
    ALLOW_LOCAL_KAKAO: '1',
    TRUSTED_PROXY_HOPS: '1',
    LOG_LEVEL: 'warn',
    KAKAO_CLIENT_ID: first.clientId,
    KAKAO_CLIENT_SECRET: first.clientSecret,
    KAKAO_APP_ID: String(first.appId),
    KAKAO_AUTH_ORIGIN: emulator.url,
    KAKAO_API_ORIGIN: emulator.url,
  });
  const next = join('node_modules', 'next', 'dist', 'bin', 'next');
  const bareCommand = [next, 'start', 'bench/bare', '-p', String(ports[1])];
  const app = await startServer('the app', urls[0], ['scripts/start.mjs'], env(ports[0]));
  const bare = await startServer('the bare handler', urls[1], bareCommand, env(ports[1]));
  return { emulator, app, bare };
}

function build(): void {
  const next = join('node_modules', 'next', 'dist', 'bin', 'next');
  const run = (...folder: string[]): void => {
    execFileSync(process.execPath, [next, 'build', ...folder], {
      env: { ...process.env, NODE_ENV: 'production' },
    });
  };
  if (!existsSync('.next/front/server.mjs')) execFileSync(process.execPath, ['scripts/build.mjs']);
  run('bench/bare');
}

build();
const folder = mkdtempSync(join(tmpdir(), 'kakao-login-bench-'));
const { emulator, app, bare } = await startBoth(folder);
try {
  await measure(app, 4, 300);
  await measure(bare, 4, 300);
  console.log('| | | the app | bare handler | ratio |\n| --- | --- | ---: | ---: | ---: |');
  await compare(app, bare, 1);
  await compare(app, bare, 16);
  if (soakLogins > 0) {
    print(
      `after ${soakLogins} more`,
      await measure(app, 16, soakLogins),
      await measure(bare, 16, soakLogins),
    );
  }
} finally {
  app.process.kill();
  bare.process.kill();
  await emulator.close();
  rmSync(folder, { recursive: true });
}
