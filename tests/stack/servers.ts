import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { controlClient } from '../../emulator/src/client';
import { startLocalKakao } from '../../scripts/emulator.mjs';
import { freePort, untilAnswer } from '../../scripts/run/port.mjs';
import { startChild, stopChild } from '../../scripts/run/process.mjs';

/** A local Kakao and the production build of the app that points at it, with a database of its own. */
export interface Stack {
  readonly appUrl: string;
  /** Ends the name of every cookie of the app: cookies ignore ports. */
  readonly port: string;
  readonly kakaoUrl: string;
  readonly secret: string;
  readonly databaseFile: string;
  /** What the app logs: warnings and errors, a JSON object a line. */
  readonly logFile: string;
  readonly kakaoEnv: Readonly<Record<string, string>>;
}

interface LocalKakao {
  readonly url: string;
  readonly appEnv: Readonly<Record<string, string>>;
}

/**
 * Starts one local Kakao, and one stack for each worker with a namespace of its own there, so that what a test does to
 * Kakao meets no other test. Tells the workers where all that is in `TEST_KAKAO` and `TEST_STACKS`. The function that it
 * returns stops everything.
 */
export async function startStacks(workers: number): Promise<() => Promise<void>> {
  const redirectUri = 'http://localhost:3000/login/callback';
  const kakao = await startLocalKakao({ port: await freePort(), redirectUri });
  // Its second key is made when it is first asked for, which a busy machine may take seconds for.
  await fetch(`${kakao.url}/.well-known/jwks.json`);
  process.env['TEST_KAKAO'] = JSON.stringify({ url: kakao.url, appEnv: kakao.appEnv });
  const started = await Promise.allSettled(Array.from({ length: workers }, () => startStack()));
  const running = started.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const stop = async () => {
    await Promise.all(running.map((one) => one.stop()));
    await stopChild(kakao.process);
  };
  const failure = started.find((one) => one.status === 'rejected');
  if (failure) {
    await stop();
    throw failure.reason;
  }
  process.env['TEST_STACKS'] = JSON.stringify(running.map(({ stack }) => stack));
  return stop;
}

/** The stack of the worker with this number, counted from 0. */
export function stackOf(worker: number): Stack {
  const stacks = JSON.parse(process.env['TEST_STACKS'] ?? '[]') as Stack[];
  const stack = stacks[worker];
  if (!stack) throw new Error(`no servers for worker ${worker}`);
  return stack;
}

/** A namespace of the local Kakao with an origin of its own, where the app of this address is known. */
async function openKakao(appUrl: string) {
  const { url: main, appEnv } = JSON.parse(process.env['TEST_KAKAO'] ?? '{}') as LocalKakao;
  const { namespaces } = controlClient(main);
  const { name, url } = await namespaces.open({ port: 0, redirectUris: [`${appUrl}/login/callback`] });
  return {
    url,
    appEnv: { ...appEnv, KAKAO_AUTH_ORIGIN: url, KAKAO_API_ORIGIN: url },
    close: () => namespaces.close(name),
  };
}

/** A stack of one test, whose app can be killed and started again on the same port and database. */
interface OwnStack {
  readonly stack: Stack;
  readonly stop: () => Promise<void>;
  /** `kill -9`, and nothing that the app could hear before. */
  readonly killApp: () => Promise<unknown>;
  readonly restartApp: () => Promise<void>;
  /** SIGTERM: the exit code. */
  readonly endApp: () => Promise<number>;
  /** Resident memory of the app, in MB. */
  readonly memory: () => number;
  /** What the app has written to its log. */
  readonly log: () => string;
  /** The process of the app. */
  readonly appPid: () => number | undefined;
}

/** Starts one stack on free ports; `additions` to the environment of the app. */
export async function startStack(additions: Readonly<Record<string, string>> = {}): Promise<OwnStack> {
  const folder = mkdtempSync(join(tmpdir(), 'kakao-login-test-'));
  const appUrl = `http://localhost:${await freePort()}`;
  const kakao = await openKakao(appUrl);
  const secret = randomBytes(32).toString('base64url');
  const databaseFile = join(folder, 'test.db');
  const logFile = join(folder, 'app.log');
  const secrets = { NEXTAUTH_SECRET: secret, SEALING_SECRET: randomBytes(32).toString('base64url') };
  const start = () => {
    const env = { DATABASE_URL: `file:${databaseFile}`, ...kakao.appEnv, ...secrets, ...additions };
    const app = startApp(appUrl, env);
    app.child.stdout?.pipe(createWriteStream(logFile, { flags: 'a' }));
    return app;
  };
  let app = start();
  const stop = async () => {
    await Promise.all([stopChild(app), kakao.close()]);
    rmSync(folder, { recursive: true, force: true });
  };
  if (!(await answers(appUrl, app))) {
    await stop();
    throw new Error('The production server did not start; its messages are above.');
  }
  return {
    stack: {
      appUrl,
      port: new URL(appUrl).port,
      kakaoUrl: kakao.url,
      secret,
      databaseFile,
      logFile,
      kakaoEnv: kakao.appEnv,
    },
    stop,
    killApp: () => {
      app.child.kill('SIGKILL');
      return app.ended;
    },
    endApp: () => {
      app.child.kill('SIGTERM');
      return app.ended;
    },
    memory: () => residentMegabytes(app.child.pid),
    log: () => app.log(),
    appPid: () => app.child.pid,
    restartApp: async () => {
      app = start();
      if (!(await answers(appUrl, app))) throw new Error('The production server did not start again.');
    },
  };
}

function residentMegabytes(pid = 0): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1_024;
}

/** Waits until the app answers; false when it has ended instead. */
function answers(appUrl: string, { ended }: ReturnType<typeof startChild>): Promise<boolean> {
  let over = false;
  ended.then(() => {
    over = true;
  });
  return untilAnswer(`${appUrl}/login`, { timeout: 90_000, isOver: () => over });
}

/** `npm start`; with TEST_SERVER, Next's own `start` or `dev` instead, which has to be asked by one worker alone. */
function serverCommand(port: string): string[] {
  const own = process.env['TEST_SERVER'];
  return own === undefined ? ['scripts/start.mjs'] : ['node_modules/next/dist/bin/next', own, '-p', port];
}

function startApp(appUrl: string, additions: Readonly<Record<string, string>>) {
  const { port } = new URL(appUrl);
  const app = startChild(serverCommand(port), {
    stdout: 'pipe',
    env: {
      ...process.env,
      NODE_ENV: process.env['TEST_SERVER'] === 'dev' ? 'development' : 'production',
      ALLOW_LOCAL_KAKAO: '1',
      TRUSTED_PROXY_HOPS: '1',
      LOG_LEVEL: 'warn',
      PORT: port,
      NEXTAUTH_URL: appUrl,
      ...additions,
    },
  });
  let log = '';
  app.child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  return { ...app, log: () => log };
}
