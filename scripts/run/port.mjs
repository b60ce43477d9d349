import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlainError } from './command.mjs';

/** Throws one plain sentence when something listens there already. */
export async function checkPortIsFree(port, what, variable) {
  let free = true;
  // One after the other: two of these at once would be in each other's way.
  for (const host of ['127.0.0.1', '::1', undefined]) free &&= await canListen(port, host);
  if (free) return;
  throw new PlainError(
    `Port ${port} for ${what} is taken: stop what is using it, or choose another with ${variable}=${port + 1} npm run dev.`,
  );
}

function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    // No IPv6 on this machine is no reason to say that the port is taken.
    server.once('error', (error) => resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/**
 * A port that nothing listens on at the moment, below those that connections and others who ask for any port are given:
 * seconds may pass before somebody listens there.
 */
export async function freePort() {
  for (;;) {
    const port = 20_000 + Math.floor(Math.random() * 10_000);
    if ((await canListen(port, '127.0.0.1')) && (await canListen(port, '::1'))) return port;
  }
}

/**
 * Waits until something at a URL answers, whatever the status.
 *
 * @param {string} url
 * @param {{ timeout?: number, isOver?: () => boolean }} [options] milliseconds; `isOver` gives up early
 * @returns {Promise<boolean>}
 */
export async function untilAnswer(url, { timeout = 120_000, isOver = () => false } = {}) {
  const deadline = Date.now() + timeout;
  while (!isOver() && Date.now() < deadline) {
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(60_000) });
      await response.body?.cancel();
      return true;
    } catch {
      await sleep(150);
    }
  }
  return false;
}
