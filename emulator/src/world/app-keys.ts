import { randomBytes } from 'node:crypto';

export const keyTypes = ['rest', 'javascript', 'native'] as const;
export type KeyType = (typeof keyTypes)[number];

/** The most keys of one type that an app may have (developers.kakao.com/docs/ko/app-setting/app). */
export const MOST_KEYS_PER_TYPE = 5;

/** One platform key of an app ([App] > [Platform key]): an OAuth client of its own. */
export interface PlatformKey {
  readonly type: KeyType;
  /** 32 hex characters, the OAuth `client_id`; no secret. */
  readonly key: string;
  /** Kept while it is off. A native key has none and ignores it. */
  clientSecret: string;
  clientSecretEnabled: boolean;
  /** Exact addresses that a code may go to; for a native key always `kakao{KEY}://oauth`. */
  redirectUris: string[];
  /** Web origins of a JavaScript key, Android key hashes and iOS bundle ids of a native key; else KOE009. */
  platforms: string[];
  /** Addresses of servers that may use a REST API key, or none for any. */
  allowedIps: string[];
}

/** The settings of a key that may be changed. */
export type KeySettings = Omit<PlatformKey, 'type' | 'key'>;

/** A key with a client secret that is on, and nothing registered, changed by `settings`. */
export function makePlatformKey(
  type: KeyType,
  key = newAppKey(),
  settings: Partial<KeySettings> = {},
): PlatformKey {
  const isNative = type === 'native';
  return {
    type,
    key,
    clientSecret: isNative ? '' : newClientSecret(),
    clientSecretEnabled: !isNative,
    platforms: [],
    allowedIps: [],
    redirectUris: [],
    ...settings,
    ...(isNative ? { redirectUris: [`kakao${key}://oauth`] } : {}),
  };
}

/** A random key: 32 hex characters. */
function newAppKey(): string {
  return randomBytes(16).toString('hex');
}

function newClientSecret(): string {
  return `emu_secret_${randomBytes(18).toString('base64url')}`;
}

/** One admin key of an app: full access, for servers only. */
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
