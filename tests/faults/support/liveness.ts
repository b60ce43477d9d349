import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { expect } from 'vitest';
import type { Stack } from '../../stack/servers';

/** In a thread of its own, so that nobody waits for what the test is doing itself. Tells what it saw when it is asked to. */
const asking = `
const { request } = require('node:http');
const { parentPort, workerData: url } = require('node:worker_threads');
const seen = [];
let isOver = false;
parentPort.once('message', () => { isOver = true; });
const ask = () => {
  if (isOver) return parentPort.postMessage(seen);
  const begun = performance.now();
  const note = (status) => {
    seen.push({ status, ms: performance.now() - begun });
    setTimeout(ask, 50);
  };
  request(url, { agent: false }, (response) => response.resume().on('end', () => note(response.statusCode)))
    .on('error', ({ message }) => note(message))
    .end();
};
ask();
`;

/**
 * Asks an app every 50 ms whether it lives, while `work` goes on: 95 of 100 answers come within 200 ms, all within 2 s (the
 * machine has more to do than this), and none fails.
 */
export async function whileItLives<T>({ appUrl }: Stack, work: () => Promise<T>): Promise<T> {
  const watch = new Worker(asking, { eval: true, workerData: `${appUrl}/api/health/live` });
  try {
    return await work();
  } finally {
    watch.postMessage('over');
    const [seen] = (await once(watch, 'message')) as [{ status: number | string; ms: number }[]];
    await watch.terminate();
    expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200]));
    const took = seen.map(({ ms }) => ms).sort((a, b) => a - b);
    expect(took[Math.floor((took.length - 1) * 0.95)]).toBeLessThan(200);
    expect(took.at(-1)).toBeLessThan(2_000);
  }
}

/** What is answered within the 6 s that are promised for everything. */
export async function within6s<T>(work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const outcome = await work();
  expect(performance.now() - begun).toBeLessThan(6_000);
  return outcome;
}
