import type { Flaw } from '../control/schema.ts';
import { findConsentItem } from '../world/consent-items.ts';
import { defaultApps } from '../world/default-apps.ts';
import { personas } from '../world/personas.ts';
import type { Seed, SeedApp } from '../world/seed.ts';
import { seedFlaw } from './seed-shape.ts';

/** Reads a seed from parsed JSON, or says what is wrong with it first; `rest` holds the lists that it leaves out. */
export function readSeed(value: unknown, rest: Seed = usual()): Seed | Flaw {
  const flaw = seedFlaw(value);
  if (flaw) return flaw;
  const seed = value as Seed;
  return twiceFlaw(seed) ?? linkFlaw({ ...rest, ...seed, links: seed.links ?? [] }) ?? seed;
}

/** Whether `readSeed` refused. */
export function isFlaw(result: Seed | Flaw): result is Flaw {
  return 'reason' in result;
}

function twiceFlaw({ users = [], apps = [] }: Seed): Flaw | undefined {
  return (
    firstTwice(users.map(({ id }, at) => [id, `users[${at}].id`])) ??
    firstTwice(apps.map(({ appId }, at) => [String(appId), `apps[${at}].appId`])) ??
    firstTwice(apps.flatMap(keysOf))
  );
}

function keysOf({ platformKeys = [], adminKeys = [] }: SeedApp, at: number): [key: string, path: string][] {
  return [
    ...platformKeys.map(({ key }, n): [string, string] => [key, `apps[${at}].platformKeys[${n}].key`]),
    ...adminKeys.map(({ key }, n): [string, string] => [key, `apps[${at}].adminKeys[${n}].key`]),
  ];
}

function firstTwice(named: readonly (readonly [name: string, path: string])[]): Flaw | undefined {
  const seen = new Set<string>();
  for (const [name, path] of named) {
    if (seen.has(name)) return { path, reason: `${path} is there twice: ${name}` };
    seen.add(name);
  }
  return undefined;
}

function usual(): Seed {
  return { users: personas(), apps: defaultApps([], {}) };
}

function linkFlaw({ users = [], apps = [], links = [] }: Seed): Flaw | undefined {
  const userIds = new Set(users.map(({ id }) => id));
  const appIds = new Set(apps.map(({ appId }) => appId));
  for (const [at, { userId, appId, scopes }] of links.entries()) {
    const path = `links[${at}]`;
    if (!userIds.has(userId))
      return { path: `${path}.userId`, reason: `${path}.userId is no user: ${userId}` };
    if (!appIds.has(appId)) return { path: `${path}.appId`, reason: `${path}.appId is no app: ${appId}` };
    const odd = scopes.findIndex((scope) => !findConsentItem(scope));
    if (odd >= 0)
      return { path: `${path}.scopes[${odd}]`, reason: `${path}.scopes has no consent item ${scopes[odd]}` };
  }
  return undefined;
}
