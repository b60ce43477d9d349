import { expect, it, vi } from 'vitest';
import { finishBeforeEnd, finishWork, isDraining } from '@/lib/server/draining';

it('a process is not draining until its server says so, to every copy of this code in the process', async () => {
  expect(isDraining()).toBe(false);
  vi.resetModules();
  const copy = await import('@/lib/server/draining');
  copy.beginDraining();
  expect(isDraining()).toBe(true);
});

it('what has to be finished is waited for, whichever copy of this code knows of it', async () => {
  await finishWork();
  vi.resetModules();
  const copy = await import('@/lib/server/draining');
  let isFinished = false;
  copy.finishBeforeEnd(async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    isFinished = true;
  });
  await finishWork();
  expect(isFinished).toBe(true);
  finishBeforeEnd(async () => undefined);
});
