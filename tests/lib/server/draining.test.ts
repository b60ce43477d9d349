import { expect, it, vi } from 'vitest';
import { isDraining } from '@/lib/server/draining';

it('a process is not draining until its server says so, to every copy of this code in the process', async () => {
  expect(isDraining()).toBe(false);
  vi.resetModules();
  const copy = await import('@/lib/server/draining');
  copy.beginDraining();
  expect(isDraining()).toBe(true);
});
