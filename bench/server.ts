import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../lib/db/migrate.ts';
import { benchSecret, environmentOf, nextCommand, type Target } from './targets.ts';

/** A server under test that runs, on a core of its own, with a database of its own. */
export interface Server {
  readonly target: Target;
  readonly origin: string;
  /** A `file:` URL. */
  readonly databaseUrl: string;
  readonly startMs: number;
  usage(): Usage;
  /** At once, or with SIGTERM in its own time. */
  stop(signal?: 'SIGTERM'): Promise<void>;
}

/** What a server and its children have used. */
interface Usage {
  readonly cpuSeconds: number;
  readonly residentMb: number;
}

/** Builds the Next.js apps of these targets that have changed since, each in its own folder: Next looks for middleware there. */
export function buildTargets(targets: readonly Target[]): void {
  for (const target of targets) {
    if (target.nextApp === undefined || isBuilt(target.nextApp)) continue;
    execFileSync(process.execPath, [nextCommand, 'build'], {
      cwd: target.nextApp,
      env: { ...withoutAppSettings(), NODE_ENV: 'production', NEXTAUTH_SECRET: benchSecret },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  }
}

function isBuilt(app: string): boolean {
  const sources = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter(
    (name) => !/^(\.next|next-env)/.test(name),
  );
  const newest = [...sources.map((name) => join(app, name)), 'package-lock.json', 'bench/package-lock.json'];
  return newest.every((file) => changedAt(file) <= changedAt(join(app, '.next', 'BUILD_ID')));
}

function changedAt(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  return found?.isDirectory() ? 0 : (found?.mtimeMs ?? 0);
}

interface StartOptions {
  /** Arguments for Node itself. */
  readonly nodeArgs?: readonly string[];
  /** A database file to begin with a copy of; without one it is empty. */
  readonly database?: string;
}

/** Starts a target and waits until it answers; `startMs` is from the start of the process to its first answer. */
export async function startServer(
  target: Target,
  kakaoOrigin: string,
  { nodeArgs = [], database }: StartOptions = {},
): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'kakao-login-bench-'));
  if (database !== undefined) copyFileSync(database, join(folder, 'bench.db'));
  migrate(join(folder, 'bench.db'), 'prisma/migrations');
  const port = await freePort();
  const env = environmentOf(target, port, kakaoOrigin, folder);
  const command = [
    ...pinnedTo(0),
    process.execPath,
    ...nodeArgs,
    ...target.command,
    ...portFlag(target, port),
  ];
  const begun = performance.now();
  const child = spawn(command[0] ?? '', command.slice(1), {
    env: { ...withoutAppSettings(), ...env, NODE_ENV: 'production' },
    ...(target.nextApp === undefined ? {} : { cwd: target.nextApp }),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await untilAnswer(child, `${env.NEXTAUTH_URL}${target.page}`);
  return {
    target,
    origin: env.NEXTAUTH_URL,
    databaseUrl: env.DATABASE_URL,
    startMs: performance.now() - begun,
    usage: () => usageOf(child.pid ?? 0),
    stop: async (signal: NodeJS.Signals = 'SIGKILL') => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill(signal);
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const canPin = spawnSync('taskset', ['-c', '0,1', 'true']).status === 0;

/** The load must not take the server's core; without `taskset` (macOS, Windows) or a second core nothing is pinned. */
function pinnedTo(core: number): readonly string[] {
  return canPin ? ['taskset', '-c', String(core)] : [];
}

function portFlag({ nextApp }: Target, port: number): readonly string[] {
  return nextApp === undefined ? [] : ['-p', String(port), '-H', '127.0.0.1'];
}

/** What the developer has set for the app itself must not reach the servers under test. */
function withoutAppSettings(): Record<string, string | undefined> {
  const names = Object.keys(process.env).filter(
    (name) => !/^(KAKAO_|NEXTAUTH_|DATABASE_|NODE_OPTIONS)/.test(name),
  );
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

async function untilAnswer(child: ChildProcess, page: string): Promise<void> {
  for (let attempt = 0; attempt < 1_500; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${child.spawnargs.join(' ')} did not start`);
    if (
      await fetch(page).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${child.spawnargs.join(' ')} did not answer`);
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

const ticksPerSecond = 100;
const pageBytes = 4_096;

/** From the operating system (Linux; zeros elsewhere): user and system time, resident memory, of a process tree. */
function usageOf(root: number): Usage {
  if (!existsSync('/proc/self/stat')) return { cpuSeconds: 0, residentMb: 0 };
  const parents = new Map<number, { parent: number; ticks: number; pages: number }>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const read = statOf(entry);
    if (read) parents.set(Number(entry), read);
  }
  let [ticks, pages] = [0, 0];
  for (const [pid, own] of parents) {
    if (!descendsFrom(root, pid, parents)) continue;
    ticks += own.ticks;
    pages += own.pages;
  }
  return { cpuSeconds: ticks / ticksPerSecond, residentMb: (pages * pageBytes) / 1e6 };
}

function descendsFrom(root: number, pid: number, all: ReadonlyMap<number, { parent: number }>): boolean {
  for (let at = pid; at > 1; at = all.get(at)?.parent ?? 0) if (at === root) return true;
  return false;
}

function statOf(pid: string): { parent: number; ticks: number; pages: number } | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
    return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]), pages };
  } catch {
    return null;
  }
}
