import { findAdminKey } from '../world/admin-keys.ts';
import { type App, isEnabled } from '../world/apps.ts';
import { type Client, findClient } from '../world/clients.ts';
import type { PlatformKey } from '../world/platform-keys.ts';
import type { World } from '../world/world.ts';
import type { KoeRefusal } from './koe-page.ts';

/** A checked request for authorization. */
export interface AuthorizeRequest {
  readonly app: App;
  readonly key: PlatformKey;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly nonce: string | null;
  /** Scope ids asked for ("request additional consent"), or `null` for a normal login. */
  readonly scope: readonly string[] | null;
  readonly prompt: ReadonlySet<string>;
  readonly codeChallenge: string | null;
  readonly loginHint: string | null;
}

const prompts = new Set(['login', 'none', 'create', 'select_account', 'cert']);

/**
 * Checks the query of `/oauth/authorize` (RFC 6749 4.1.1, RFC 7636): client, redirect URI and app state first, because
 * until they are right nothing may be sent to the redirect URI.
 */
export function readAuthorizeRequest(query: URLSearchParams, world: World): AuthorizeRequest | KoeRefusal {
  const client = findClient(world.apps, query.get('client_id'));
  if (!client) return { koe: 'KOE101', detail: unknownClient(query.get('client_id'), world), app: null };
  const { app } = client;
  const refusal =
    repeatedParameter(query, app) ??
    redirectRefusal(query, client) ??
    responseRefusal(query, app) ??
    optionRefusal(query, app);
  return refusal ?? acceptedRequest(query, client);
}

/** Whether the request was refused. */
export function isRefusal(value: object): value is KoeRefusal {
  return 'koe' in value;
}

function acceptedRequest(query: URLSearchParams, client: Client): AuthorizeRequest {
  return {
    ...client,
    redirectUri: query.get('redirect_uri') ?? '',
    state: query.get('state'),
    nonce: query.get('nonce'),
    scope: query.has('scope') ? listOf(query.get('scope')) : null,
    prompt: new Set(listOf(query.get('prompt'))),
    codeChallenge: query.get('code_challenge'),
    loginHint: query.get('login_hint'),
  };
}

function unknownClient(clientId: string | null, world: World): string {
  if (!clientId) return 'client_id is missing or empty; it must be the REST API key of an app';
  const owner = findAdminKey(world.apps, clientId)?.app;
  if (owner)
    return `client_id is an admin key of app ${owner.appId}; send a REST API key: ${restKeys([owner])}`;
  return `client_id is no platform key of any app: ${clientId}\nREST API keys: ${restKeys(world.apps)}`;
}

function restKeys(apps: readonly App[]): string {
  const keys = apps.flatMap((app) => app.platformKeys);
  return keys.flatMap(({ type, key }) => (type === 'rest' ? [key] : [])).join(', ');
}

function repeatedParameter(query: URLSearchParams, app: App): KoeRefusal | undefined {
  const names = [...query.keys()];
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  return repeated === undefined
    ? undefined
    : { koe: 'KOE001', detail: `${repeated} was sent more than once`, app };
}

function redirectRefusal(query: URLSearchParams, { app, key }: Client): KoeRefusal | undefined {
  if (!app.loginEnabled) return { koe: 'KOE004', detail: `Kakao Login is OFF for app ${app.appId}`, app };
  const sent = query.get('redirect_uri');
  if (!sent) return { koe: 'KOE207', detail: 'the required parameter redirect_uri is missing', app };
  if (key.redirectUris.includes(sent)) return undefined;
  const registered = key.redirectUris.map((uri) => `registered: ${uri}`);
  return {
    koe: 'KOE006',
    detail: [`redirect_uri is not registered: ${sent}`, ...registered].join('\n'),
    app,
  };
}

function responseRefusal(query: URLSearchParams, app: App): KoeRefusal | undefined {
  const type = query.get('response_type');
  if (type === 'code') return undefined;
  if (!type) return { koe: 'KOE207', detail: 'the required parameter response_type is missing', app };
  const detail = `Unsupported response type: ${type}`;
  return { koe: type === 'token' ? 'KOE202' : 'KOE201', detail, app };
}

function optionRefusal(query: URLSearchParams, app: App): KoeRefusal | undefined {
  const disabled = listOf(query.get('scope')).filter((scope) => !isEnabled(app, scope));
  if (disabled.length > 0) return { koe: 'KOE205', detail: scopeDetail(disabled), app };
  const prompt = listOf(query.get('prompt')).find((value) => !prompts.has(value));
  if (prompt !== undefined) return { koe: 'KOE204', detail: `unknown prompt value: ${prompt}`, app };
  const detail = challengeProblem(query.get('code_challenge'), query.get('code_challenge_method'));
  return detail === undefined ? undefined : { koe: 'KOE204', detail, app };
}

function scopeDetail(disabled: readonly string[]): string {
  const list = disabled.join(', ');
  return `Invalid scope: ${list}\nnot enabled in the app's consent items${disabled.includes('openid') ? ' (openid: OpenID Connect is OFF)' : ''}: ${list}`;
}

function challengeProblem(challenge: string | null, method: string | null): string | undefined {
  if (challenge === null)
    return method === null ? undefined : 'code_challenge_method was sent without code_challenge';
  if (method !== 'S256') return `code_challenge_method must be S256, but was ${method ?? 'not sent'}`;
  return /^[\w-]{43}$/.test(challenge)
    ? undefined
    : 'code_challenge must be 43 base64url characters without padding';
}

/** Kakao documents commas, its SDKs and most libraries send spaces; both are read. */
function listOf(parameter: string | null): string[] {
  return (parameter ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
}
