import { isRecord, toJson } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { App } from '../world/apps.ts';
import { consentStates, findConsentItem } from '../world/consent-items.ts';
import type { World } from '../world/world.ts';
import { flag, isProblem, type Rule, readBody, type Shape, text } from './body-shape.ts';
import { problem } from './problem.ts';

/** Redirect URIs that may be registered. */
export const redirectUris: Rule = {
  must: 'be a list of at most 10 http(s) URIs without query or fragment',
  test: (value) => Array.isArray(value) && value.length <= 10 && value.every(isRedirectUri),
};

const items: Rule = {
  must: `be an object of scope id → ${consentStates.join(', ')}`,
  test: (value) =>
    isRecord(value) && Object.entries(value).every(([id, state]) => isConsentSetting(id, state)),
};

const changeable: Shape = {
  clientSecret: text,
  clientSecretEnabled: flag,
  redirectUris,
  logoutRedirectUris: redirectUris,
  oidc: flag,
  loginEnabled: flag,
  under14Allowed: flag,
  legacyFields: flag,
  consentItems: items,
};

/** `GET /apps`: `{"apps": [App]}`. */
export function listApps(_request: KakaoRequest, world: World): Reply {
  return jsonReply({ apps: [...world.apps.values()].map(toJson) });
}

/** `PATCH /apps/:clientId`: changes console settings; named consent items are merged, lists are replaced. */
export function patchApp(request: KakaoRequest, world: World, clientId: string): Reply {
  const app = world.apps.get(clientId);
  if (!app) return problem(404, `no app with the REST API key ${clientId}`);
  const changes = readBody<Partial<App>>(request.body, changeable);
  if (isProblem(changes)) return changes;
  Object.assign(app, changes, { consentItems: { ...app.consentItems, ...changes.consentItems } });
  return jsonReply(toJson(app));
}

function isRedirectUri(value: unknown): boolean {
  if (typeof value !== 'string' || !URL.canParse(value)) return false;
  const { protocol, search, hash } = new URL(value);
  return ['http:', 'https:'].includes(protocol) && search === '' && hash === '';
}

function isConsentSetting(id: string, state: unknown): boolean {
  return findConsentItem(id) !== undefined && consentStates.some((known) => known === state);
}
