import { expect, it } from 'vitest';
import { isDraining } from '@/lib/server/background';

it('a process is not draining until its server says so', () => {
  expect(isDraining()).toBe(false);
});
