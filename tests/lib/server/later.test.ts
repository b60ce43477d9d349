import { beforeAll, expect, it, vi } from 'vitest';
import { createLater } from '@/lib/server/later';
import { stubEnvironment } from '../../support/env';

beforeAll(() => stubEnvironment());

/** Work that lasts until it is told to end. */
function openWork() {
  let end: () => void = () => undefined;
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { end, work: () => over };
}

it('there is room until a hundred wait behind the 32 that run', async () => {
  const later = createLater();
  const { end, work } = openWork();
  for (let given = 0; given < 32; given += 1) later.run(work);
  await new Promise(setImmediate);
  for (let given = 0; given < 99; given += 1) later.run(work);
  expect(later.hasRoom()).toBe(true);
  later.run(work);
  expect(later.hasRoom()).toBe(false);
  end();
  await later.idle();
  expect(later.hasRoom()).toBe(true);
});

it('is idle when all is done, what waited and what failed too', async () => {
  const later = createLater();
  await later.idle();
  const done = vi.fn();
  const slow = openWork();
  later.run(() => slow.work().then(done));
  for (let given = 0; given < 40; given += 1) later.run(() => Promise.reject(new Error('no')));
  const idle = vi.fn();
  const waited = later.idle().then(idle);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(idle).not.toHaveBeenCalled();
  slow.end();
  await waited;
  expect(done).toHaveBeenCalledOnce();
});
