import { isIP } from 'node:net';
import { isRecord } from '../server/json.ts';
import { appTypes } from '../world/apps.ts';
import { consentItems, consentStates, findConsentItem } from '../world/consent-items.ts';
import { flag, listOf, oneOf, type Rule, type Shape, text, textLike, texts, userId } from './body-shape.ts';
import { objectOf } from './object-schema.ts';
import { logoutRedirectUris, redirectUris } from './redirect-uris.ts';
import { webhookSettings } from './webhook-shape.ts';

/** A new platform or admin key. */
export const appKey = textLike(/^[0-9a-f]{32}$/, 'be a key: 32 hexadecimal characters in lower case');

/** Addresses of servers. */
export const ips = listOf({
  must: 'be an IP address',
  test: (value) => typeof value === 'string' && isIP(value) !== 0,
  schema: { type: 'string', description: 'an IPv4 or IPv6 address' },
});

/** What can be said about one platform key. */
export const keySettings: Shape = {
  clientSecret: text,
  clientSecretEnabled: flag,
  redirectUris,
  platforms: texts,
  allowedIps: ips,
};

const bilingual: Rule = {
  must: 'be an object of two texts, ko and en',
  test: (value) =>
    isRecord(value) && Object.keys(value).length === 2 && text.test(value['ko']) && text.test(value['en']),
  schema: objectOf({ ko: text, en: text }),
};

const items: Rule = {
  must: `be an object of scope id → ${consentStates.join(', ')}`,
  test: (value) =>
    isRecord(value) && Object.entries(value).every(([id, state]) => isConsentSetting(id, state)),
  schema: {
    type: 'object',
    propertyNames: { enum: consentItems.map(({ id }) => id) },
    additionalProperties: { enum: consentStates },
  },
};

/** Lists of tags have commas between them. */
const tag = textLike(/^[^\s,]+$/, 'be a text without spaces and commas');

const terms = listOf({
  must: 'be an object of tag, title {ko, en} and required',
  test: isServiceTerm,
  schema: objectOf({ tag, title: bilingual, required: flag }),
});

/** What can be said about an app. */
export const appSettings: Shape = {
  name: bilingual,
  type: oneOf(...appTypes),
  members: listOf(userId),
  sanctioned: flag,
  logoutRedirectUris,
  channels: texts,
  oidc: flag,
  loginEnabled: flag,
  under14Allowed: flag,
  manualSignup: flag,
  kakaoSync: flag,
  serviceTerms: terms,
  userProperties: texts,
  legacyFields: flag,
  consentItems: items,
  webhooks: webhookSettings,
};

function isConsentSetting(id: string, state: unknown): boolean {
  return findConsentItem(id) !== undefined && consentStates.some((known) => known === state);
}

function isServiceTerm(value: unknown): boolean {
  if (!isRecord(value) || Object.keys(value).length !== 3) return false;
  return tag.test(value['tag']) && bilingual.test(value['title']) && flag.test(value['required']);
}
