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

/** What is wrong with a seed, and where (`users[3].nickname`). */
export interface SeedFlaw {
  readonly path: string;
  readonly reason: string;
}

/** The first thing in a value that is not as the part says. */
export function partFlaw(value: unknown, part: SeedPart, path = ''): SeedFlaw | undefined {
  if (!isRecord(value)) return { path, reason: `${path || 'the whole'} must be an object` };
  const missing = part.required.find((name) => value[name] === undefined);
  if (missing !== undefined) return { path, reason: `${join(path, missing)} is missing` };
  for (const [name, member] of Object.entries(value)) {
    const flaw = memberFlaw(member, name, part, join(path, name));
    if (flaw) return flaw;
  }
  return undefined;
}

function memberFlaw(member: unknown, name: string, part: SeedPart, path: string): SeedFlaw | undefined {
  const listed = named(part.lists ?? {}, name);
  if (listed) return listFlaw(member, listed, path);
  const inner = named(part.objects ?? {}, name);
  if (inner) return partFlaw(member, inner, path);
  const rule = named(part.shape, name);
  if (!rule) return { path, reason: `${path} is unknown` };
  return rule.test(member) ? undefined : { path, reason: `${path} must ${rule.must}` };
}

function listFlaw(values: unknown, part: SeedPart, path: string): SeedFlaw | undefined {
  if (!Array.isArray(values)) return { path, reason: `${path} must be a list` };
  for (const [at, value] of values.entries()) {
    const flaw = partFlaw(value, part, `${path}[${at}]`);
    if (flaw) return flaw;
  }
  return undefined;
}

/** The members of a part with their schemas; what is in them is for `partFlaw` to say. */
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

function join(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}
