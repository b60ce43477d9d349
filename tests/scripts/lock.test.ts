import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../scripts/setup/lock.mjs';
import { emptyFolder } from './folder.ts';
import { start } from './process.ts';

const LOCK = new URL('../../scripts/setup/lock.mjs', import.meta.url).href;
/** Appends "in", waits, appends "out": anything but strict alternation means that two were inside at once. */
const WORK = `
  import { appendFileSync } from 'node:fs';
  import { withLock } from '${LOCK}';
  const [lock, log] = process.argv.slice(1);
  await withLock(lock, async () => {
    appendFileSync(log, 'in ');
    await new Promise((resolve) => setTimeout(resolve, 60));
    appendFileSync(log, 'out ');
  }, { poll: 5 });`;

const worker = (lock: string, log: string) => start(['--input-type=module', '-e', WORK, lock, log]).ended;
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('the lock of set-up', () => {
  it('lets one process in at a time', async () => {
    const folder = emptyFolder();
    const [lock, log] = [join(folder, 'lock'), join(folder, 'log')];
    const ends = await Promise.all([1, 2, 3, 4].map(() => worker(lock, log)));
    expect(ends.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
      Array(4).fill({ code: 0, stderr: '' }),
    );
    expect(readFileSync(log, 'utf8')).toBe('in out '.repeat(4));
    expect(readdirSync(folder)).toEqual(['log']);
  });

  it('is taken over from a process that died, by one of those who wait', async () => {
    const folder = emptyFolder();
    const [lock, log] = [join(folder, 'lock'), join(folder, 'log')];
    writeFileSync(lock, JSON.stringify({ pid: deadPid(), token: 'x' }));
    await Promise.all([1, 2, 3, 4].map(() => worker(lock, log)));
    expect(readFileSync(log, 'utf8')).toBe('in out '.repeat(4));
  });

  it('is taken over from a holder that has shown no life for a minute', async () => {
    const lock = join(emptyFolder(), 'lock');
    writeFileSync(lock, JSON.stringify({ pid: process.pid, token: 'x' }));
    const old = new Date(Date.now() - 61_000);
    utimesSync(lock, old, old);
    expect(await withLock(lock, async () => 'in')).toBe('in');
  });

  it('is given back when the work fails', async () => {
    const lock = join(emptyFolder(), 'lock');
    const failing = withLock(lock, async () => {
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(existsSync(lock)).toBe(false);
  });
});
