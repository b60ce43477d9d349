import { isIP } from 'node:net';
import { isRecord } from '../server/json.ts';
import { appTypes } from '../world/apps.ts';
import { consentStates, findConsentItem } from '../world/consent-items.ts';
import { flag, listOf, oneOf, type Rule, type Shape, text, texts, userId } from './body-shape.ts';
import { redirectUris } from './redirect-uris.ts';
import { webhookSettings } from './webhook-shape.ts';

/** A new platform or admin key. */
export const appKey: Rule = {
  must: 'be a key: 32 hexadecimal characters in lower case',
  test: (value) => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value),
};

/** Addresses of servers. */
export const ips = listOf({
  must: 'be an IP address',
  test: (value) => typeof value === 'string' && isIP(value) !== 0,
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
};

const items: Rule = {
  must: `be an object of scope id → ${consentStates.join(', ')}`,
  test: (value) =>
    isRecord(value) && Object.entries(value).every(([id, state]) => isConsentSetting(id, state)),
};

const terms = listOf({ must: 'be an object of tag, title {ko, en} and required', test: isServiceTerm });

/** What can be said about an app. */
export const appSettings: Shape = {
  name: bilingual,
  type: oneOf(...appTypes),
  members: listOf(userId),
  sanctioned: flag,
  logoutRedirectUris: redirectUris,
  channels: texts,
  oidc: flag,
  loginEnabled: flag,
  under14Allowed: flag,
  manualSignup: flag,
  kakaoSync: flag,
  serviceTerms: terms,
  legacyFields: flag,
  consentItems: items,
  webhooks: webhookSettings,
};

function isConsentSetting(id: string, state: unknown): boolean {
  return findConsentItem(id) !== undefined && consentStates.some((known) => known === state);
}

function isServiceTerm(value: unknown): boolean {
  if (!isRecord(value) || Object.keys(value).length !== 3) return false;
  return text.test(value['tag']) && bilingual.test(value['title']) && flag.test(value['required']);
}
