import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export interface Server {
  readonly url: string;
  readonly child: ChildProcess;
}

export const emulator = [fileURLToPath(new URL('../bin/kakao-emulator.js', import.meta.url)), '--port', '0'];
export const bare = [fileURLToPath(new URL('./bare-http.mjs', import.meta.url))];

const canPin = spawnSync('taskset', ['-p', String(process.pid)]).status === 0;

/** Starts a program that says in its first line where it is; `core` binds it to one processor where the system can. */
export async function start(program: readonly string[], core?: number): Promise<Server> {
  const node = [process.execPath, ...program];
  const command = core !== undefined && canPin ? ['taskset', '-c', String(core), ...node] : node;
  const child = spawn(command[0] ?? '', command.slice(1), { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = await once(child.stdout, 'data');
  return { url: JSON.parse(String(line)).url, child };
}

export async function stop({ child }: Server): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** Resident memory, MB. */
export function residentMb({ child }: Server): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(child.pid)], { encoding: 'utf8' })) / 1024;
}

/** Processor time used so far, seconds (Linux; else not a number): a busy machine changes it less than the wall clock. */
export function cpuSeconds({ child }: Server): number {
  try {
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(' ');
    return (Number(fields[13]) + Number(fields[14])) / 100;
  } catch {
    return Number.NaN;
  }
}

/** Keeps this process off the processor that the server has. */
export function stepAside(core: number): string {
  if (!canPin) return 'not pinned (no taskset)';
  execFileSync('taskset', ['-a', '-c', '-p', String(core), String(process.pid)]);
  return 'server on core 1, client on core 0';
}
