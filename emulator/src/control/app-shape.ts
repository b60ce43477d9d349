import { keyTypes } from '../world/app-keys.ts';
import { appTypes } from '../world/apps.ts';
import { consentItems, consentStates, findConsentItem } from '../world/consent-items.ts';
import { eventCategories } from '../world/webhook-events.ts';
import { appKey, ips, kakaoPath, logoutRedirectUris, redirectUris, userId } from './fields.ts';
import {
  component,
  flag,
  inWords,
  list,
  object,
  oneOf,
  orNull,
  partial,
  record,
  schema,
  type TypeOf,
  text,
  textLike,
  texts,
  whole,
} from './schema.ts';

/** The settings of one platform key. */
export const keySettings = {
  clientSecret: text,
  clientSecretEnabled: flag,
  redirectUris,
  platforms: texts,
  allowedIps: ips,
};

/** A complete platform key. */
export const platformKeyMembers = { type: oneOf(...keyTypes), key: appKey, ...keySettings };
export const platformKey = component('PlatformKey', object(platformKeyMembers));

/** The settings of an admin key. It stays primary until another one is made primary. */
export const adminKeySettings = {
  primary: oneOf(true),
  allowedApis: orNull(list(kakaoPath)),
  allowedIps: ips,
};

/** A complete admin key. */
export const adminKeyMembers = { key: appKey, ...adminKeySettings, primary: flag };
export const adminKey = component('AdminKey', object(adminKeyMembers));

const bilingual = object({ ko: text, en: text }, 'be an object of two texts, ko and en');

/** Scope id → state. */
const itemStates = schema<Readonly<Record<string, (typeof consentStates)[number]>>>(
  `be an object of scope id → ${consentStates.join(', ')}`,
  record('', oneOf(...consentStates), (id) => findConsentItem(id) !== undefined).accepts,
  {
    type: 'object',
    propertyNames: { enum: consentItems.map(({ id }) => id) },
    additionalProperties: { enum: consentStates },
  },
);

/** No commas: they separate the tags of a list. */
const tag = textLike(/^[^\s,]+$/, 'be a text without spaces and commas');

const serviceTerm = object(
  { tag, title: bilingual, required: flag },
  'be an object of tag, title {ko, en} and required',
);

/** An address that a webhook can be sent to. Kakao takes https only; local apps rarely have it, so http is allowed. */
export const webhookUrl = schema<string>(
  'be an http(s) URL without fragment',
  (value) => typeof value === 'string' && isWebhookUrl(value),
  { type: 'string', format: 'uri' },
);

const webhookMembers = {
  unlinkUrl: orNull(webhookUrl),
  unlinkMethod: oneOf('GET', 'POST'),
  accountStateUrl: orNull(webhookUrl),
  categories: list(oneOf(...eventCategories)),
  hold: flag,
};

const webhookSettings = inWords(
  `be an object in which ${Object.entries(webhookMembers)
    .map(([name, { must }]) => `${name} must ${must}`)
    .join('; ')}`,
  partial(webhookMembers),
);

/** The settings of an app. */
export const appSettings = {
  name: bilingual,
  type: oneOf(...appTypes),
  members: list(userId),
  sanctioned: flag,
  logoutRedirectUris,
  channels: texts,
  oidc: flag,
  loginEnabled: flag,
  under14Allowed: flag,
  manualSignup: flag,
  kakaoSync: flag,
  serviceTerms: list(serviceTerm),
  userProperties: texts,
  legacyFields: flag,
  consentItems: itemStates,
  webhooks: webhookSettings,
};

/** An app in an answer: its first REST API key and its primary admin key are repeated on the first level. */
export const app = component(
  'App',
  object({
    appId: whole(1),
    ownUserIds: flag,
    ...appSettings,
    platformKeys: list(platformKey),
    adminKeys: list(adminKey),
    clientId: text,
    clientSecret: text,
    clientSecretEnabled: flag,
    redirectUris: texts,
    adminKey: text,
  }),
);

/** Settings of an app and of the key that it is named by; those that are named are changed. */
export const appChanges = partial({ ...appSettings, ...keySettings });
export type AppChanges = TypeOf<typeof appChanges>;

/** The body that makes an app. */
export const newApp = partial({
  appId: whole(1),
  clientId: appKey,
  adminKey: appKey,
  ownUserIds: flag,
  ...appChanges.members,
});

function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hash, username } = new URL(text);
  return ['http:', 'https:'].includes(protocol) && hash === '' && username === '';
}
