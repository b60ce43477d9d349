import type { FullConfig } from '@playwright/test';
import { startStacks } from '../tests/stack/servers';

/** A stack for each worker of Playwright. */
export default function startServers({ workers }: FullConfig): Promise<() => Promise<void>> {
  return startStacks(workers);
}
