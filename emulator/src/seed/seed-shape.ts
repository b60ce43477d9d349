import { adminKeyMembers, appSettings, platformKeyMembers } from '../control/app-shape.ts';
import { instant, userId } from '../control/fields.ts';
import {
  type Flaw,
  flag,
  list,
  type ObjectOf,
  objectFlaw,
  oneOf,
  orNull,
  partial,
  record,
  type Schema,
  text,
  texts,
  whole,
} from '../control/schema.ts';
import { settingsChanges } from '../control/settings.ts';
import { newUser } from '../control/user-shape.ts';
import { isRecord, type JsonObject } from '../json.ts';
import { findConsentItem } from '../world/consent-items.ts';
import { defaultApps } from '../world/default-apps.ts';
import { personas } from '../world/personas.ts';
import type { Seed, SeedApp } from '../world/seed.ts';

const user = partial(newUser.members, 'id');
const platformKey = partial(platformKeyMembers, 'type', 'key');
const adminKey = partial(adminKeyMembers, 'key');
const app = partial(
  {
    appId: whole(1),
    ownUserIds: flag,
    ...appSettings,
    platformKeys: listNamingMembers(platformKey),
    adminKeys: listNamingMembers(adminKey),
  },
  'appId',
);
const term = partial(
  { tag: text, agreedAt: instant, agreedBy: oneOf('KAUTH', 'KAPI') },
  'tag',
  'agreedAt',
  'agreedBy',
);
const link = partial(
  {
    userId,
    appId: whole(1),
    scopes: texts,
    connectedAt: instant,
    synchedAt: orNull(instant),
    hasSignedUp: flag,
    firstNickname: orNull(text),
    properties: record('be an object of texts', text),
    terms: listNamingMembers(term),
  },
  'userId',
  'appId',
  'scopes',
);

/** A whole seed. */
export const seedShape = partial({
  $schema: text,
  users: listNamingMembers(user),
  apps: listNamingMembers(app),
  links: listNamingMembers(link),
  settings: { ...settingsChanges, flaw: flawIn(settingsChanges) },
});

/** The first invalid part of a value that should be a seed. */
const seedFlaw = flawIn(seedShape);

/** The JSON Schema of a seed file, as it is published. */
export function seedSchema(): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Seed file of kakao-emulator',
    ...seedShape.json,
  };
}

/** A list whose mistakes are reported at the member of the object, not at the list. */
function listNamingMembers<T>(item: ObjectOf<T>): Schema<readonly T[]> {
  const flawOf = flawIn(item);
  return {
    ...list(item),
    flaw: (values, path) => {
      if (!Array.isArray(values)) return { path, reason: `${path} must be a list` };
      for (const [at, value] of values.entries()) {
        const flaw = flawOf(value, `${path}[${at}]`);
        if (flaw) return flaw;
      }
      return undefined;
    },
  };
}

function flawIn<T>(one: ObjectOf<T>) {
  return (value: unknown, path = ''): Flaw | undefined =>
    isRecord(value)
      ? objectFlaw(value, one, path)
      : { path, reason: `${path || 'the whole'} must be an object` };
}

/** What is wrong with a seed, and where (`users[3].nickname`). */
export class SeedError extends Error {
  override readonly name = 'SeedError';
  readonly path: string;

  constructor(path: string, reason: string) {
    super(reason);
    this.path = path;
  }
}

/** Reads a seed from parsed JSON; `rest` holds the lists that it leaves out. Throws `SeedError`. */
export function readSeed(value: unknown, rest: Seed = usual()): Seed {
  const flaw = seedFlaw(value);
  if (flaw) throw new SeedError(flaw.path, flaw.reason);
  const seed = value as Seed;
  refuseDuplicates(seed);
  checkLinks({ ...rest, ...seed, links: seed.links ?? [] });
  return seed;
}

function refuseDuplicates({ users = [], apps = [] }: Seed): void {
  checkUnique(users.map(({ id }, at) => [id, `users[${at}].id`]));
  checkUnique(apps.map(({ appId }, at) => [String(appId), `apps[${at}].appId`]));
  checkUnique(apps.flatMap(keysOf));
}

function keysOf({ platformKeys = [], adminKeys = [] }: SeedApp, at: number): [key: string, path: string][] {
  return [
    ...platformKeys.map(({ key }, n): [string, string] => [key, `apps[${at}].platformKeys[${n}].key`]),
    ...adminKeys.map(({ key }, n): [string, string] => [key, `apps[${at}].adminKeys[${n}].key`]),
  ];
}

function checkUnique(named: readonly (readonly [name: string, path: string])[]): void {
  const seen = new Set<string>();
  for (const [name, path] of named) {
    if (seen.has(name)) throw new SeedError(path, `${path} is there twice: ${name}`);
    seen.add(name);
  }
}

function usual(): Seed {
  return { users: personas(), apps: defaultApps([], {}) };
}

function checkLinks({ users = [], apps = [], links = [] }: Seed): void {
  const userIds = new Set(users.map(({ id }) => id));
  const appIds = new Set(apps.map(({ appId }) => appId));
  for (const [at, { userId, appId, scopes }] of links.entries()) {
    const path = `links[${at}]`;
    if (!userIds.has(userId)) throw new SeedError(`${path}.userId`, `${path}.userId is no user: ${userId}`);
    if (!appIds.has(appId)) throw new SeedError(`${path}.appId`, `${path}.appId is no app: ${appId}`);
    const odd = scopes.findIndex((scope) => !findConsentItem(scope));
    if (odd >= 0)
      throw new SeedError(`${path}.scopes[${odd}]`, `${path}.scopes has no consent item ${scopes[odd]}`);
  }
}
