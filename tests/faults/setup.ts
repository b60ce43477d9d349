import { startStacks } from '../stack/servers';

/** A local Kakao; every test starts an app of its own. */
export default function startServers(): Promise<() => Promise<void>> {
  return startStacks(0);
}
