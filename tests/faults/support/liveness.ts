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

/** How long the answers to all tests of this file took, ms. */
const took: number[] = [];

/**
 * Asks an app every 50 ms whether it lives, while `work` goes on: no answer fails, and each comes within 2 s (the machine has
 * more to do than this). How prompt they are {@link expectPromptness} says of all together: a few are soon late on a
 * machine that is busy.
 */
export async function whileItLives<T>({ appUrl }: Stack, work: () => Promise<T>): Promise<T> {
  const watch = new Worker(asking, { eval: true, workerData: `${appUrl}/api/health/live` });
  try {
    return await work();
  } finally {
    watch.postMessage('over');
    const [seen] = (await once(watch, 'message')) as [{ status: number | string; ms: number }[]];
    await watch.terminate();
    took.push(...seen.map(({ ms }) => ms));
    expect(new Set(seen.map(({ status }) => status))).toEqual(new Set([200]));
    expect(Math.max(0, ...seen.map(({ ms }) => ms))).toBeLessThan(2_000);
  }
}

/** Of the answers to all tests of this file 95 of 100 came within 200 ms. */
export function expectPromptness(): void {
  took.sort((a, b) => a - b);
  expect(took.length).toBeGreaterThan(100);
  expect(took[Math.floor((took.length - 1) * 0.95)]).toBeLessThan(200);
}

/** What is answered within the 6 s that are promised for everything. */
export async function within6s<T>(work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const outcome = await work();
  expect(performance.now() - begun).toBeLessThan(6_000);
  return outcome;
}
