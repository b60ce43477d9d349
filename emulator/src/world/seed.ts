import { type AdminKey, makeAdminKey } from './admin-keys.ts';
import { type App, makeApp } from './apps.ts';
import { connect, type Links } from './links.ts';
import { type KeySettings, type KeyType, makePlatformKey, type PlatformKey } from './platform-keys.ts';
import type { Settings } from './settings.ts';
import { makeUser, type User } from './users.ts';
import { makeWebhookSettings, type WebhookSettings } from './webhook-settings.ts';

interface SeedKey extends Partial<KeySettings> {
  readonly type: KeyType;
  readonly key: string;
}

type SeedAdminKey = Partial<Omit<AdminKey, 'key'>> & Pick<AdminKey, 'key'>;

export interface SeedApp extends Partial<Omit<App, 'platformKeys' | 'adminKeys' | 'webhooks'>> {
  readonly appId: number;
  readonly platformKeys?: readonly SeedKey[];
  readonly adminKeys?: readonly SeedAdminKey[];
  readonly webhooks?: Partial<WebhookSettings>;
}

export interface SeedLink {
  readonly userId: string;
  readonly appId: number;
  /** Scope ids agreed to. */
  readonly scopes: readonly string[];
  /** RFC 3339; default: the start. */
  readonly connectedAt?: string;
}

/** What a Kakao holds at the start, or held when it was written down. A list that is there replaces the usual one. */
export interface Seed {
  readonly users?: readonly (Partial<User> & { readonly id: string })[];
  readonly apps?: readonly SeedApp[];
  readonly links?: readonly SeedLink[];
  readonly settings?: Partial<Settings>;
}

/** The accounts of a seed, by id. */
export function seededUsers(users: NonNullable<Seed['users']>): Map<string, User> {
  return new Map(users.map(({ id, ...rest }) => [id, makeUser(id, structuredClone(rest))]));
}

/** The apps of a seed; the first admin key is the primary one where none says so. */
export function seededApps(apps: readonly SeedApp[]): App[] {
  return apps.map(({ appId, platformKeys = [], adminKeys = [], webhooks = {}, ...rest }) => {
    const hasPrimary = adminKeys.some(({ primary }) => primary);
    return makeApp(appId, {
      ...structuredClone(rest),
      platformKeys: platformKeys.map(({ type, key, ...it }) =>
        makePlatformKey(type, key, structuredClone(it)),
      ),
      adminKeys: adminKeys.map(({ key, ...it }, at) =>
        makeAdminKey(key, { primary: !hasPrimary && at === 0, ...structuredClone(it) }),
      ),
      webhooks: makeWebhookSettings(structuredClone(webhooks)),
    });
  });
}

/** The links of a seed between these apps and users; `at` is when those began that do not say. */
export function seededLinks(
  links: readonly SeedLink[],
  apps: readonly App[],
  users: ReadonlyMap<string, User>,
  at: number,
): Links {
  const made: Links = new Map();
  for (const { appId, userId, scopes, connectedAt } of links) {
    const [app, user] = [apps.find((it) => it.appId === appId), users.get(userId)];
    if (app && user) connect(made, app, user, scopes, connectedAt ? Date.parse(connectedAt) : at);
  }
  return made;
}

/** What a Kakao holds, written down; codes, tokens and sessions are not. */
export function seedOf(world: Holdings): Required<Seed> {
  return {
    users: [...world.users.values()],
    apps: world.apps.map((app) => ({ ...app, platformKeys: app.platformKeys.map(writtenKey) })),
    links: [...world.links.values()].map(({ app, user, agreed, connectedAt }) => ({
      userId: user.id,
      appId: app.appId,
      scopes: [...agreed],
      connectedAt: new Date(connectedAt).toISOString(),
    })),
    settings: world.settings,
  };
}

/** The redirect URI of a native key follows from the key. */
function writtenKey({ redirectUris, ...key }: PlatformKey): SeedKey {
  return key.type === 'native' ? key : { ...key, redirectUris };
}

interface Holdings {
  readonly users: ReadonlyMap<string, User>;
  readonly apps: readonly App[];
  readonly links: Links;
  readonly settings: Settings;
}
