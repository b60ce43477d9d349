import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until something at a URL answers, whatever the status.
 *
 * @param {string} url
 * @param {{ patience?: number, isOver?: () => boolean }} [options] milliseconds; `isOver` gives up early
 * @returns {Promise<boolean>}
 */
export async function untilAnswer(url, { patience = 120_000, isOver = () => false } = {}) {
  const deadline = Date.now() + patience;
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
