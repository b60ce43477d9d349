import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './command.mjs';

const TOOLS = {
  biome: '@biomejs/biome/bin/biome',
  knip: 'knip/bin/knip.js',
  next: 'next/dist/bin/next',
  playwright: '@playwright/test/cli.js',
  prisma: 'prisma/build/index.js',
  tsc: 'typescript/bin/tsc',
  vitest: 'vitest/vitest.mjs',
};
const FOLLOW_PARENT = new URL(`./follow-parent.mjs?pid=${process.pid}`, import.meta.url).href;
const GRACE = 10_000;

/** Command and arguments of an installed tool; started with this Node, so no shell and no .cmd file is in between. */
export function toolCommand(name, args, root = ROOT) {
  return [process.execPath, [join(root, 'node_modules', TOOLS[name]), ...args]];
}

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, show?: boolean, signal?: AbortSignal }} [options] `show` streams the
 *   output too; `signal` ends the command
 * @returns {Promise<{ code: number, output: string }>} code -1 when the command could not be started
 */
export function run(command, args, { cwd = ROOT, env = process.env, show = false, signal } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, signal, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (stream) => (chunk) => {
      output += chunk;
      if (show) stream.write(chunk);
    };
    child.stdout.on('data', collect(process.stdout));
    child.stderr.on('data', collect(process.stderr));
    child.on('error', (error) => {
      // One that was ended by the signal is over when it closes.
      if (error.name !== 'AbortError') resolve({ code: -1, output: error.message });
    });
    child.on('close', (code, signal) => resolve({ code: code ?? (signal === null ? 1 : 128), output }));
  });
}

/** The environment in which a Node command, and the Node commands that it starts, end when this process does. */
export function followingEnv(env = process.env) {
  return { ...env, NODE_OPTIONS: `${env.NODE_OPTIONS ?? ''} --import ${FOLLOW_PARENT}`.trim() };
}

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
