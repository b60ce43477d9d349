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
import { isRecord, type JsonObject } from '../server/json.ts';

const user = partial(newUser.members, 'id');
const platformKey = partial(platformKeyMembers, 'type', 'key');
const adminKey = partial(adminKeyMembers, 'key');
const app = partial(
  {
    appId: whole(1),
    ownUserIds: flag,
    ...appSettings,
    platformKeys: listLookedInto(platformKey),
    adminKeys: listLookedInto(adminKey),
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
    terms: listLookedInto(term),
  },
  'userId',
  'appId',
  'scopes',
);

/** A whole seed. */
export const seedShape = partial({
  $schema: text,
  users: listLookedInto(user),
  apps: listLookedInto(app),
  links: listLookedInto(link),
  settings: { ...settingsChanges, flaw: flawIn(settingsChanges) },
});

/** The first thing in a value that is not as a seed has it. */
export const seedFlaw = flawIn(seedShape);

/** The JSON Schema of a seed file, as it is published. */
export function seedSchema(): JsonObject {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Seed file of kakao-emulator',
    ...seedShape.json,
  };
}

/** A list in which the member of the object that is wrong is named, not the list. */
function listLookedInto<T>(item: ObjectOf<T>): Schema<readonly T[]> {
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
