import type { TestProject } from 'vitest/node';
import { startStacks } from '../stack/servers';

/** A stack for each worker of Vitest; of Next's own servers one, because `next dev` runs once in a folder. */
export default function startServers({ config }: TestProject): Promise<() => Promise<void>> {
  return startStacks(process.env['TEST_SERVER'] === undefined ? config.maxWorkers : 1);
}
