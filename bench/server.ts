import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';

/** A server under test. */
export interface Server {
  readonly name: string;
  readonly url: string;
  readonly process: ChildProcess;
}

/** A port that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Starts a server on one core of its own (where `taskset` exists) and waits until it answers. */
export async function startServer(
  name: string,
  url: string,
  command: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Server> {
  const pinned = existsSync('/usr/bin/taskset')
    ? ['taskset', '-c', '0', process.execPath]
    : [process.execPath];
  const [program = process.execPath, ...rest] = [...pinned, ...command];
  const child = spawn(program, rest, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`${name} did not start`);
    const answer = await fetch(`${url}/api/me`).catch(() => null);
    if (answer?.status === 401) return { name, url, process: child };
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${name} did not answer`);
}

/** CPU seconds a process has used, and its resident memory in MB (Linux; zero elsewhere). */
export function usage(server: Server): { cpuSeconds: number; residentMb: number } {
  const folder = `/proc/${server.process.pid}`;
  if (!existsSync(folder)) return { cpuSeconds: 0, residentMb: 0 };
  const fields = readFileSync(`${folder}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const ticks = Number(fields[11]) + Number(fields[12]);
  const pages = Number(readFileSync(`${folder}/statm`, 'utf8').split(' ')[1]);
  return { cpuSeconds: ticks / 100, residentMb: (pages * 4_096) / 1e6 };
}
