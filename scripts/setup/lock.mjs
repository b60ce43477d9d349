import {
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const HEARTBEAT = 5_000;
const STALE_AFTER = 60_000;

/**
 * Runs `work` while holding `file`, so that two set-ups of one folder take turns. The lock of a process that has
 * died, or has shown no sign of life for a minute (another container, a killed machine), is taken over.
 */
export async function withLock(file, work, { onWait = () => {}, poll = 200 } = {}) {
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  while (!take(file)) {
    const holder = readHolder(file);
    if (holder !== undefined && isStale(holder)) removeStale(file, holder);
    else {
      if (holder !== undefined && !told) onWait(holder.pid);
      told ||= holder !== undefined;
      await sleep(poll);
    }
  }
  const heartbeat = setInterval(() => touch(file), HEARTBEAT);
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    process.off('exit', release);
    release();
  }
}

/** A link appears whole or not at all: nobody ever reads a lock without its PID. */
function take(file) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify({ pid: process.pid, token: `${process.pid}-${Math.random()}` }));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function readHolder(file) {
  try {
    const text = readFileSync(file, 'utf8');
    return { text, pid: Number(/"pid":(\d+)/.exec(text)?.[1] ?? 0), seen: statSync(file).mtimeMs };
  } catch {
    return undefined;
  }
}

function isStale({ pid, seen }) {
  return !isAlive(pid) || Date.now() - seen > STALE_AFTER;
}

function isAlive(pid) {
  if (pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Moves the lock aside and looks again: another process may have replaced the stale one meanwhile. */
function removeStale(file, holder) {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== holder.text) linkSync(aside, file);
  } catch {
    // Someone else was quicker; the next attempt to take the lock decides.
  } finally {
    rmSync(aside, { force: true });
  }
}

function touch(file) {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // Gone: nothing to keep alive.
  }
}
