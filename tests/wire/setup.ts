import type { TestProject } from 'vitest/node';
import { startStacks } from '../stack/servers';

/** A stack for each worker of Vitest. */
export default function startServers({ config }: TestProject): Promise<() => Promise<void>> {
  return startStacks(config.maxWorkers);
}
