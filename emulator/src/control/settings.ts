import { koeCodes } from '../refusals/koe-codes.ts';
import { isRecord, named, toJson } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { Settings } from '../world/settings.ts';
import type { World } from '../world/world.ts';
import {
  flag,
  isProblem,
  keepsTo,
  oneOf,
  orNull,
  type Rule,
  readBody,
  type Shape,
  text,
  whole,
} from './body-shape.ts';
import { objectOf } from './object-schema.ts';

const YEAR = 366 * 24 * 60 * 60;

const koeAnswer: Shape = { status: whole(200, 599), error: text, description: text };

const koeAnswers: Rule = {
  must: 'be an object of KOE code → {status, error, description}',
  test: (value) =>
    isRecord(value) &&
    Object.entries(value).every(([code, answer]) => named(koeCodes, code) && keepsTo(koeAnswer, answer)),
  schema: { type: 'object', additionalProperties: objectOf(koeAnswer, []) },
};

/** The settings and their values. */
export const settingsShape: Shape = {
  tokenRateLimit: flag,
  authorizeErrors: oneOf('page', 'redirect'),
  koePageStatus: whole(200, 599),
  koeAnswers,
  unknownParameters: oneOf('ignore', 'refuse'),
  nothingLeftToAsk: oneOf('code', 'page'),
  codeUsedUpBy: oneOf('success', 'any_answer'),
  refresh: oneOf('keeps_access', 'revokes_access'),
  logout: oneOf('login', 'token', 'user'),
  accountLogout: oneOf('keeps_tokens', 'revokes_tokens'),
  accessTokenInQuery: oneOf('accept', 'refuse'),
  mostLogoutRedirectUris: whole(0, 100),
  pictures: oneOf('cdn', 'local'),
  codeLifetimeSeconds: whole(0, YEAR),
  accessTokenLifetimeSeconds: whole(0, YEAR),
  javascriptAccessTokenLifetimeSeconds: whole(0, YEAR),
  nativeAccessTokenLifetimeSeconds: whole(0, YEAR),
  refreshTokenLifetimeSeconds: whole(0, YEAR),
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

/** `GET /settings`. */
export function showSettings(_request: KakaoRequest, world: World): Reply {
  return jsonReply(toJson(world.settings));
}

/** `PATCH /settings`: changes the named ones, answers all. */
export function patchSettings(request: KakaoRequest, world: World): Reply {
  const changes = readBody<Partial<Settings>>(request.body, settingsShape);
  if (isProblem(changes)) return changes;
  Object.assign(world.settings, changes);
  return jsonReply(toJson(world.settings));
}
