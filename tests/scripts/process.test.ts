import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { start } from './process.ts';

const CHILD = new URL('../../scripts/run/process.mjs', import.meta.url).href;
const PARENT = `
  import { startChild } from '${CHILD}';
  const { child } = startChild(['-e', 'setInterval(() => {}, 1000)']);
  console.log(child.pid);`;

it('a child does not outlive its parent, even when that is killed hard', async () => {
  const parent = start(['--input-type=module', '-e', PARENT]);
  const pid = await until(() => Number(parent.seen.stdout) || undefined);
  parent.child.kill('SIGKILL');
  expect(await until(() => (isAlive(pid) ? undefined : 'gone'))).toBe('gone');
});

const COMMAND = `
  import { spawn } from 'node:child_process';
  const { pid } = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  console.log(pid);`;
const STARTER = `
  import { followingEnv, run } from '${CHILD}';
  const env = followingEnv();
  await run(process.execPath, ['--input-type=module', '-e', process.argv[1]], { env, show: true });`;

it('nor does what a command such as npm has started', async () => {
  const parent = start(['--input-type=module', '-e', STARTER, COMMAND]);
  const pid = await until(() => Number(parent.seen.stdout) || undefined);
  parent.child.kill('SIGKILL');
  expect(await until(() => (isAlive(pid) ? undefined : 'gone'))).toBe('gone');
});

async function until<T>(look: () => T | undefined): Promise<T> {
  for (let i = 0; i < 200; i += 1) {
    const seen = look();
    if (seen !== undefined) return seen;
    await sleep(50);
  }
  throw new Error('waited ten seconds in vain');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
