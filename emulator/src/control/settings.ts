import { koeCodes } from '../refusals/koe-codes.ts';
import { YEAR_SECONDS } from './fields.ts';
import { type ControlRoutes, operation } from './operation.ts';
import { component, flag, object, oneOf, orNull, partial, record, text, whole } from './schema.ts';

const koeAnswer = partial({ status: whole(200, 599), error: text, description: text });

const seconds = whole(0, YEAR_SECONDS);

/** The settings and their values. */
const settings = {
  tokenRateLimit: flag,
  authorizeErrors: oneOf('page', 'redirect'),
  koePageStatus: whole(200, 599),
  koeAnswers: record('be an object of KOE code → {status, error, description}', koeAnswer, (code) =>
    Object.hasOwn(koeCodes, code),
  ),
  unknownParameters: oneOf('ignore', 'refuse'),
  nothingLeftToAsk: oneOf('code', 'page'),
  codeUsedUpBy: oneOf('success', 'any_answer'),
  refresh: oneOf('keeps_access', 'revokes_access'),
  logout: oneOf('login', 'token', 'user'),
  accountLogout: oneOf('keeps_tokens', 'revokes_tokens'),
  accessTokenInQuery: oneOf('accept', 'refuse'),
  mostLogoutRedirectUris: whole(0, 100),
  pictures: oneOf('cdn', 'local'),
  codeLifetimeSeconds: seconds,
  accessTokenLifetimeSeconds: seconds,
  javascriptAccessTokenLifetimeSeconds: seconds,
  nativeAccessTokenLifetimeSeconds: seconds,
  refreshTokenLifetimeSeconds: seconds,
  monthlyQuota: whole(0),
  userIdsPerMinute: whole(0, 10_000),
  appUsersAnswer: oneOf('array', 'elements'),
  missingConsent: oneOf('flag', 'error'),
  webhookTimeoutMs: whole(1, 60_000),
  eventIssuer: orNull(text),
  eventAudience: oneOf('rest_key', 'rest_keys', 'app_id'),
  eventTransactionClaim: oneOf('txm', 'txn'),
  eventAppIdClaim: flag,
};

/** Settings to change; the others stay. */
export const settingsChanges = partial(settings);

const allSettings = component('Settings', object(settings));

/** Settings for what Kakao's documentation leaves open. */
export const settingsRoutes: ControlRoutes = {
  settings: {
    GET: operation({
      summary: 'All settings',
      answer: allSettings,
      handle: ({ world }) => world.settings,
    }),
    PATCH: operation({
      summary: 'Changes settings',
      body: settingsChanges,
      answer: allSettings,
      handle: ({ world, body }) => Object.assign(world.settings, body()),
    }),
  },
};
