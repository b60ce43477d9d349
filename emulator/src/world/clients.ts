import type { App } from './apps.ts';
import type { PlatformKey } from './platform-keys.ts';

/** A platform key in the app that owns it: users, links and consents are the app's, codes and tokens the key's. */
export interface Client {
  readonly app: App;
  readonly key: PlatformKey;
}

/** The client of a `client_id`, if any app has that key. */
export function findClient(apps: readonly App[], clientId: string | null): Client | undefined {
  for (const app of apps) {
    const key = app.platformKeys.find((it) => it.key === clientId);
    if (key) return { app, key };
  }
  return undefined;
}
