import { newAppKey } from './platform-keys.ts';

/** One admin key of an app: all powers, on servers only. */
export interface AdminKey {
  readonly key: string;
  /** Whether it is the one (대표) that unlink webhooks carry; exactly one key of an app is. */
  primary: boolean;
  /** Paths of APIs that it may call, or `null` for all; others are -3. */
  allowedApis: string[] | null;
  /** Addresses of servers that may use it, or none for any. */
  allowedIps: string[];
}

/** An admin key that may do everything, not primary. */
export function makeAdminKey(key = newAppKey(), settings: Partial<Omit<AdminKey, 'key'>> = {}): AdminKey {
  return { key, primary: false, allowedApis: null, allowedIps: [], ...settings };
}

interface Owner {
  readonly adminKeys: readonly AdminKey[];
}

/** The admin key in `Authorization` of unlink webhooks. */
export function primaryAdminKey({ adminKeys }: Owner): string {
  return adminKeys.find((it) => it.primary)?.key ?? '';
}

/** The app and the record of an admin key, if any app has it. */
export function findAdminKey<App extends Owner>(apps: readonly App[], key: string) {
  for (const app of apps) {
    const adminKey = app.adminKeys.find((it) => it.key === key);
    if (adminKey) return { app, adminKey };
  }
  return undefined;
}
