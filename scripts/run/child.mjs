import { spawn } from 'node:child_process';
import { ROOT } from '../root.mjs';

const FOLLOW_PARENT = new URL(`./follow-parent.mjs?pid=${process.pid}`, import.meta.url).href;
const GRACE = 10_000;

/**
 * Starts a Node script that ends when this process does.
 *
 * @param {string[]} args script and arguments
 * @param {{ env?: NodeJS.ProcessEnv, stdout?: 'inherit' | 'pipe' }} [options]
 */
export function startChild(args, { env = process.env, stdout = 'inherit' } = {}) {
  const child = spawn(process.execPath, ['--import', FOLLOW_PARENT, ...args], {
    cwd: ROOT,
    env,
    stdio: ['ignore', stdout, 'inherit'],
  });
  const ended = new Promise((resolve) => {
    child.on('error', () => resolve(1));
    child.on('close', (code, signal) => resolve(code ?? (signal === null ? 1 : 128)));
  });
  return { child, ended };
}

/** Asks a child to stop, and insists after ten seconds. */
export async function stopChild({ child, ended }) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), GRACE);
  await ended;
  clearTimeout(timer);
}
