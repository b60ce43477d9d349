import { adminKeySettings } from '../control/admin-keys.ts';
import { appKey, appSettings, keySettings } from '../control/app-shape.ts';
import {
  flag,
  listOf,
  oneOf,
  orNull,
  type Rule,
  type Shape,
  text,
  texts,
  userId,
  whole,
} from '../control/body-shape.ts';
import { instantRule } from '../control/clock.ts';
import { objectOf } from '../control/object-schema.ts';
import { newPlatformKey } from '../control/platform-keys.ts';
import { settingsShape } from '../control/settings.ts';
import { newUser } from '../control/users.ts';
import { isRecord, type JsonObject, named } from '../server/json.ts';
import { findConsentItem } from '../world/consent-items.ts';
import { defaultApps } from '../world/default-apps.ts';
import { personas } from '../world/personas.ts';
import type { Seed, SeedApp } from '../world/seed.ts';

/** One kind of object in a seed. */
export interface SeedPart {
  readonly shape: Shape;
  readonly required: readonly string[];
  /** Members that are lists of objects, each looked into. */
  readonly lists?: Readonly<Record<string, SeedPart>>;
  /** Members that are objects, looked into. */
  readonly objects?: Readonly<Record<string, SeedPart>>;
}

const platformKey: SeedPart = { shape: { ...newPlatformKey, ...keySettings }, required: ['type', 'key'] };
const adminKey: SeedPart = { shape: { key: appKey, ...adminKeySettings, primary: flag }, required: ['key'] };
const user: SeedPart = { shape: newUser, required: ['id'] };
const properties: Rule = {
  must: 'be an object of texts',
  test: (value) => isRecord(value) && Object.values(value).every(text.test),
  schema: { type: 'object', additionalProperties: text.schema },
};
const link: SeedPart = {
  shape: {
    userId,
    appId: whole(1),
    scopes: texts,
    connectedAt: instantRule,
    synchedAt: orNull(instantRule),
    hasSignedUp: flag,
    firstNickname: orNull(text),
    properties,
  },
  required: ['userId', 'appId', 'scopes'],
  lists: {
    terms: {
      shape: { tag: text, agreedAt: instantRule, agreedBy: oneOf('KAUTH', 'KAPI') },
      required: ['tag', 'agreedAt', 'agreedBy'],
    },
  },
};
const app: SeedPart = {
  shape: { appId: whole(1), ownUserIds: flag, ...appSettings },
  required: ['appId'],
  lists: { platformKeys: platformKey, adminKeys: adminKey },
};

/** A whole seed. */
export const seedPart: SeedPart = {
  shape: {
    $schema: { must: 'be a text', test: (value) => typeof value === 'string', schema: { type: 'string' } },
  },
  required: [],
  lists: { users: user, apps: app, links: link },
  objects: { settings: { shape: settingsShape, required: [] } },
};

/** The members of a part with their schemas; what is in them is for `readSeed` to say. */
export function shapeOfPart(part: SeedPart): Shape {
  const lists = Object.entries(part.lists ?? {}).map(([name, it]) => [name, listRule(it)]);
  const objects = Object.entries(part.objects ?? {}).map(([name, it]) => [name, ruleOf(schemaOfPart(it))]);
  return { ...part.shape, ...Object.fromEntries([...lists, ...objects]) };
}

/** The JSON Schema of a part. */
export function schemaOfPart(part: SeedPart): JsonObject {
  return objectOf(shapeOfPart(part), part.required);
}

/** The JSON Schema of a seed file, as it is published. */
export function seedSchema(): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Seed file of kakao-emulator',
    ...schemaOfPart(seedPart),
  };
}

function listRule(part: SeedPart): Rule {
  return listOf(ruleOf(schemaOfPart(part)));
}

function ruleOf(schema: JsonObject): Rule {
  return { must: '', test: () => true, schema };
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
  checkPart(value, seedPart);
  const seed = value as Seed;
  refuseTwice(seed);
  checkLinks({ ...rest, ...seed, links: seed.links ?? [] });
  return seed;
}

function checkPart(value: unknown, part: SeedPart, path = ''): void {
  if (!isRecord(value)) throw new SeedError(path, `${path || 'the whole'} must be an object`);
  const missing = part.required.find((name) => value[name] === undefined);
  if (missing !== undefined) throw new SeedError(path, `${join(path, missing)} is missing`);
  for (const [name, member] of Object.entries(value)) {
    const at = join(path, name);
    const [list, inner] = [named(part.lists ?? {}, name), named(part.objects ?? {}, name)];
    const rule = named(part.shape, name);
    if (list) checkList(member, list, at);
    else if (inner) checkPart(member, inner, at);
    else if (!rule) throw new SeedError(at, `${at} is unknown`);
    else if (!rule.test(member)) throw new SeedError(at, `${at} must ${rule.must}`);
  }
}

function checkList(values: unknown, part: SeedPart, path: string): void {
  if (!Array.isArray(values)) throw new SeedError(path, `${path} must be a list`);
  for (const [at, value] of values.entries()) checkPart(value, part, `${path}[${at}]`);
}

function refuseTwice({ users = [], apps = [] }: Seed): void {
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

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
