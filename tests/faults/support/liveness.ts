import { expect } from 'vitest';
import { send } from '../../stack/http';
import type { Stack } from '../../stack/servers';

/**
 * Asks an app every 50 ms whether it lives, while `work` goes on: 95 of 100 answers come within 200 ms, all within 2 s (the
 * machine has more to do than this), and none fails.
 */
export async function whileItLives<T>({ appUrl }: Stack, work: () => Promise<T>): Promise<T> {
  const took: number[] = [];
  let over = false;
  const watching = (async () => {
    while (!over) {
      const begun = performance.now();
      expect((await send(`${appUrl}/api/health/live`)).status).toBe(200);
      took.push(performance.now() - begun);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  try {
    return await work();
  } finally {
    over = true;
    await watching;
    took.sort((a, b) => a - b);
    expect(took[Math.floor((took.length - 1) * 0.95)] ?? 0).toBeLessThan(200);
    expect(took.at(-1) ?? 0).toBeLessThan(2_000);
  }
}

/** What is answered within the 6 s that are promised for everything. */
export async function within6s<T>(work: () => Promise<T>): Promise<T> {
  const begun = performance.now();
  const outcome = await work();
  expect(performance.now() - begun).toBeLessThan(6_000);
  return outcome;
}
