import { schemaOfPart, seedPart } from '../seed/seed-shape.ts';
import type { JsonObject } from '../server/json.ts';
import { adminKeySettings } from './admin-keys.ts';
import { appKey, appSettings, keySettings } from './app-shape.ts';
import { flag, type Rule, text, texts, whole } from './body-shape.ts';
import { objectOf } from './object-schema.ts';
import { newPlatformKey } from './platform-keys.ts';
import { settingsShape } from './settings.ts';
import { newUser } from './users.ts';

/** What operations answer, by the names that the OpenAPI document gives it. */
export const answerSchemas: Readonly<Record<string, JsonObject>> = {
  Seed: schemaOfPart(seedPart),
  User: objectOf(newUser),
  PlatformKey: objectOf({ ...newPlatformKey, ...keySettings }),
  AdminKey: objectOf({ key: appKey, ...adminKeySettings, primary: flag }),
  App: objectOf({
    appId: whole(1),
    ownUserIds: flag,
    ...appSettings,
    platformKeys: ruled(listOf('PlatformKey')),
    adminKeys: ruled(listOf('AdminKey')),
    clientId: text,
    clientSecret: text,
    clientSecretEnabled: flag,
    redirectUris: texts,
    adminKey: text,
  }),
  AppUser: objectOf({
    id: text,
    serviceUserId: text,
    link: ruled({
      anyOf: [
        objectOf({
          connectedAt: ruled({ type: 'string', format: 'date-time' }),
          isPreregistered: flag,
          scopes: texts,
          terms: texts,
          properties: ruled({ type: 'object', additionalProperties: { type: 'string' } }),
        }),
        { type: 'null' },
      ],
    }),
  }),
  Settings: objectOf(settingsShape),
  Clock: objectOf({
    now: ruled({ type: 'string', format: 'date-time' }),
    offsetSeconds: integer(),
    frozen: flag,
  }),
  Namespace: objectOf({ name: text, url: text }),
  AutoApproval: objectOf({
    id: text,
    userId: text,
    clientId: ruled({ type: ['string', 'null'] }),
    decision: ruled({ enum: ['agree', 'cancel'] }),
    scopes: ruled({ anyOf: [texts.schema, { type: 'null' }] }),
    terms: ruled({ anyOf: [texts.schema, { type: 'null' }] }),
    remaining: timesLeft(),
  }),
  Fault: { ...objectOf({ id: text, endpoint: text, remaining: timesLeft() }), additionalProperties: true },
  LoggedRequest: {
    ...objectOf({ id: integer(), method: text, path: text, status: integer() }),
    additionalProperties: true,
  },
  WebhookAttempt: {
    ...objectOf({ delivery: text, time: ruled({ type: 'string', format: 'date-time' }) }),
    additionalProperties: true,
  },
  Scenario: objectOf({
    name: text,
    what: text,
    code: ruled({ type: ['string', 'integer', 'null'] }),
    endpoint: text,
    endpoints: texts,
    everywhere: flag,
    source: text,
  }),
  ScenarioOn: objectOf({ scenario: text, faults: ruled(listOf('Fault')) }),
  Tokens: {
    ...objectOf({
      token_type: text,
      access_token: text,
      expires_in: whole(0),
      refresh_token: text,
      refresh_token_expires_in: whole(0),
      scope: text,
    }),
    additionalProperties: true,
  },
  SigningKey: objectOf({ kid: text }),
  Problem: objectOf({ type: text, title: text, status: integer(), detail: text, field: text }, [
    'title',
    'status',
    'detail',
  ]),
};

/** One of them. */
export function the(name: string): JsonObject {
  return { $ref: `#/components/schemas/${name}` };
}

/** `{"<member>": […]}` of one of them. */
export function listed(member: string, name: string): JsonObject {
  return objectOf({ [member]: ruled(listOf(name)) });
}

function listOf(name: string): JsonObject {
  return { type: 'array', items: the(name) };
}

/** A member that nobody sends, so that it needs no test. */
function ruled(schema: JsonObject): Rule {
  return { must: '', test: () => true, schema };
}

function integer(): Rule {
  return ruled({ type: 'integer' });
}

function timesLeft(): Rule {
  return ruled({ anyOf: [{ type: 'integer', minimum: 1 }, { const: 'always' }] });
}
