import {
  type AdminKey,
  type KeySettings,
  type KeyType,
  makeAdminKey,
  makePlatformKey,
  type PlatformKey,
} from './app-keys.ts';
import { type App, makeApp } from './apps.ts';
import type { TermAgreement } from './consent-items.ts';
import { connect, type Link, type Links } from './links.ts';
import type { Settings } from './settings.ts';
import { completeAddresses, makeUser, type User } from './users.ts';
import { makeWebhookSettings, type WebhookSettings } from './webhook-events.ts';

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
  /** RFC 3339; default: `connectedAt` for an app with Kakao Sync. */
  readonly synchedAt?: string | null;
  /** Default: true, unless the app links by hand. */
  readonly hasSignedUp?: boolean;
  /** The nickname at the time of the link; default: the present one. */
  readonly firstNickname?: string | null;
  /** User properties. */
  readonly properties?: Readonly<Record<string, string>>;
  /** Service terms agreed to. */
  readonly terms?: readonly { tag: string; agreedAt: string; agreedBy: TermAgreement['by'] }[];
}

/** The state of a Kakao at the start, or when a snapshot was taken. A list that is there replaces the default one. */
export interface Seed {
  readonly users?: readonly (Partial<User> & { readonly id: string })[];
  readonly apps?: readonly SeedApp[];
  readonly links?: readonly SeedLink[];
  readonly settings?: Partial<Settings>;
}

/** The accounts of a seed, by id. */
export function seededUsers(users: NonNullable<Seed['users']>): Map<string, User> {
  return new Map(
    users.map(({ id, shippingAddresses = [], description, ...rest }) => [
      id,
      makeUser(id, {
        ...structuredClone(rest),
        description: { ko: '시드 파일의 사용자', en: 'A user of the seed file', ...description },
        shippingAddresses: completeAddresses(shippingAddresses),
      }),
    ]),
  );
}

/**
 * The apps of a seed; the first admin key is the primary one where none says so, and the first app knows people by the
 * ids of the seed.
 */
export function seededApps(apps: readonly SeedApp[]): App[] {
  return apps.map(({ appId, platformKeys = [], adminKeys = [], webhooks = {}, ...rest }, place) => {
    const hasPrimary = adminKeys.some(({ primary }) => primary);
    return makeApp(appId, {
      ownUserIds: place > 0,
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

/** The links of a seed between these apps and users; `at` is the default for when they began. */
export function seededLinks(
  links: readonly SeedLink[],
  apps: readonly App[],
  users: ReadonlyMap<string, User>,
  at: number,
): Links {
  const made: Links = new Map();
  for (const seeded of links) {
    const { appId, userId, scopes, connectedAt } = seeded;
    const [app, user] = [apps.find((it) => it.appId === appId), users.get(userId)];
    if (!app || !user) continue;
    restoreLink(connect(made, app, user, scopes, connectedAt ? Date.parse(connectedAt) : at), seeded);
  }
  return made;
}

function restoreLink(link: Link, seeded: SeedLink): void {
  const { synchedAt, hasSignedUp, firstNickname, properties = {}, terms = [] } = seeded;
  if (synchedAt !== undefined) link.synchedAt = synchedAt === null ? null : Date.parse(synchedAt);
  if (hasSignedUp !== undefined) link.hasSignedUp = hasSignedUp;
  if (firstNickname !== undefined) link.firstNickname = firstNickname;
  for (const [key, value] of Object.entries(properties)) link.properties.set(key, value);
  for (const { tag, agreedAt, agreedBy } of terms)
    link.terms.set(tag, { at: Date.parse(agreedAt), by: agreedBy });
}

/** The state of a Kakao as a seed, without codes, tokens and sessions. */
export function seedOf(world: Holdings): Required<Seed> {
  return {
    users: [...world.users.values()],
    apps: world.apps.map((app) => ({ ...app, platformKeys: app.platformKeys.map(writtenKey) })),
    links: [...world.links.values()].map(writtenLink),
    settings: world.settings,
  };
}

function writtenLink(link: Link): Required<SeedLink> {
  const { app, user, agreed, connectedAt, synchedAt, hasSignedUp, firstNickname, properties, terms } = link;
  return {
    userId: user.id,
    appId: app.appId,
    scopes: [...agreed],
    connectedAt: isoTime(connectedAt),
    synchedAt: synchedAt === null ? null : isoTime(synchedAt),
    hasSignedUp,
    firstNickname,
    properties: Object.fromEntries(properties),
    terms: [...terms].map(([tag, { at, by }]) => ({ tag, agreedAt: isoTime(at), agreedBy: by })),
  };
}

function isoTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
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
