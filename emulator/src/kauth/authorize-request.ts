import { Refusal } from '../refusals/refusal.ts';
import { unregistered } from '../verdicts/difference.ts';
import { type App, isEnabled } from '../world/apps.ts';
import type { Client } from '../world/clients.ts';
import type { PlatformKey } from '../world/platform-keys.ts';
import { tagsIn } from '../world/service-terms.ts';
import type { World } from '../world/world.ts';
import { identifyClient } from './client.ts';

/** A checked request for authorization. */
export interface AuthorizeRequest {
  readonly app: App;
  readonly key: PlatformKey;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly nonce: string | null;
  /** Scope ids asked for ("request additional consent"), or `null` for a normal login. */
  readonly scope: readonly string[] | null;
  /** Tags of service terms to show (Kakao Sync), or `null` for all. */
  readonly serviceTerms: readonly string[] | null;
  readonly prompt: ReadonlySet<string>;
  readonly codeChallenge: string | null;
  readonly loginHint: string | null;
}

const prompts = new Set(['login', 'none', 'create', 'select_account', 'cert']);

/** The parameters of authorize: documented, of PKCE, and of Kakao's SDKs, which are ignored. */
const parameters = new Set(
  'client_id redirect_uri response_type scope prompt login_hint service_terms state nonce code_challenge code_challenge_method channel_public_id auth_type ka agt is_popup state_token kauth_tx_id settle_id approval_type'.split(
    ' ',
  ),
);

/** Added to links by advertisements; Kakao certainly does not mind them. */
const tracking = /^(utm_|gclid$|fbclid$)/;

/**
 * Checks the query of `/oauth/authorize` (RFC 6749 4.1.1, RFC 7636): client, redirect URI and app state first, because
 * until they are right nothing may be sent to the redirect URI.
 */
export function readAuthorizeRequest(query: URLSearchParams, world: World): AuthorizeRequest {
  const client = identifyClient(query.get('client_id'), world);
  checkRedirectUri(query, client);
  const scope = listed(query.get('scope'));
  const asked = {
    ...client,
    redirectUri: query.get('redirect_uri') ?? '',
    state: query.get('state'),
    nonce: query.get('nonce'),
    // `scope=` without an item is a normal login: next-auth sends it so.
    scope: scope.length > 0 ? scope : null,
    serviceTerms: query.has('service_terms') ? tagsIn(query.get('service_terms')) : null,
    // `auth_type=reauthenticate` is the predecessor of `prompt=login`.
    prompt: new Set([
      ...listed(query.get('prompt')),
      ...(query.get('auth_type') === 'reauthenticate' ? ['login'] : []),
    ]),
    codeChallenge: query.get('code_challenge'),
    loginHint: query.get('login_hint'),
  };
  checkOptions(query, asked, world);
  return asked;
}

/**
 * Refuses while nothing may be sent to the redirect URI: KOE001 (a parameter twice), KOE125 (app sanctioned), KOE004
 * (Kakao Login OFF), KOE207 (no `redirect_uri`), KOE008 (native key on the web), KOE006 (not registered).
 */
function checkRedirectUri(query: URLSearchParams, { app, key }: Client): void {
  const names = [...query.keys()];
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined)
    throw new Refusal('KOE001', { app, verdict: `${repeated} was sent more than once` });
  if (app.sanctioned) throw new Refusal('KOE125', { app, verdict: `app ${app.appId} is sanctioned` });
  if (!app.loginEnabled)
    throw new Refusal('KOE004', { app, verdict: `Kakao Login is OFF for app ${app.appId}` });
  const sent = query.get('redirect_uri');
  if (!sent) throw new Refusal('KOE207', { app, verdict: 'the required parameter redirect_uri is missing' });
  if (key.redirectUris.includes(sent)) return;
  if (key.type === 'native' && /^https?:/.test(sent)) {
    const restKeys = app.platformKeys.filter(({ type }) => type === 'rest').map((rest) => rest.key);
    const verdict = `client_id is a native key; send a REST API key: ${restKeys.join(', ')}`;
    throw new Refusal('KOE008', { app, verdict });
  }
  throw new Refusal('KOE006', { app, verdict: unregistered('redirect_uri', sent, key.redirectUris) });
}

/**
 * Refuses what is wrong though the redirect URI is right: KOE207, KOE201 or KOE202 (`response_type`), KOE205 (`scope`),
 * KOE102 (`channel_public_id`), KOE204 (`prompt`, PKCE, `service_terms`, and unknown parameters where the settings say
 * so). All but KOE102 may go to the app by redirect.
 */
function checkOptions(query: URLSearchParams, asked: AuthorizeRequest, { settings }: World): void {
  const { app } = asked;
  const refuse = (koe: string, verdict: string, text?: string) =>
    new Refusal(koe, { app, verdict, text, returnTo: asked });
  const type = query.get('response_type');
  if (!type) throw refuse('KOE207', 'the required parameter response_type is missing');
  if (type !== 'code')
    throw refuse(type === 'token' ? 'KOE202' : 'KOE201', `Unsupported response type: ${type}`);
  const disabled = asked.scope?.filter((scope) => !isEnabled(app, scope)) ?? [];
  if (disabled[0] !== undefined)
    throw refuse('KOE205', disabledScope(disabled[0]), `Invalid scope: ${disabled.join(', ')}`);
  const channel = listed(query.get('channel_public_id')).find((id) => !app.channels.includes(id));
  if (channel !== undefined) {
    const permission = 'Required PLUS_FRIENDS_ON_AGREEMENT_SUPPORTED permission';
    const verdict = `${permission}; the channel is not linked to the app: ${channel}`;
    throw new Refusal('KOE102', { app, verdict });
  }
  const prompt = listed(query.get('prompt')).find((value) => !prompts.has(value));
  if (prompt !== undefined) throw refuse('KOE204', `unknown prompt value: ${prompt}`);
  const wrong =
    challengeProblem(asked.codeChallenge, query.get('code_challenge_method')) ?? termsProblem(asked);
  if (wrong !== undefined) throw refuse('KOE204', wrong);
  if (settings.unknownParameters === 'ignore') return;
  const unknown = [...query.keys()].find((name) => !parameters.has(name) && !tracking.test(name));
  if (unknown !== undefined) throw refuse('KOE204', `unknown parameter: ${unknown}`);
}

/** The entries of a list parameter: Kakao documents commas, its SDKs and most libraries send spaces; both are read. */
function listed(parameter: string | null): string[] {
  return (parameter ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
}

function disabledScope(scope: string): string {
  if (scope === 'openid') return 'scope openid was asked for, but OpenID Connect is off in the app';
  return `scope ${scope} is off in the app's consent items`;
}

function challengeProblem(challenge: string | null, method: string | null): string | undefined {
  if (challenge === null)
    return method === null ? undefined : 'code_challenge_method was sent without code_challenge';
  if (method !== 'S256') return `code_challenge_method must be S256, but was ${method ?? 'not sent'}`;
  return /^[\w-]{43}$/.test(challenge)
    ? undefined
    : 'code_challenge must be 43 base64url characters without padding';
}

/** What Kakao says here is not known; nothing that it would ignore is accepted in silence. */
function termsProblem({ app, serviceTerms }: AuthorizeRequest): string | undefined {
  if (serviceTerms === null) return undefined;
  if (!app.kakaoSync) return 'service_terms was sent, but the app has no Kakao Sync';
  const unknown = serviceTerms.find((it) => !app.serviceTerms.some(({ tag }) => tag === it));
  return unknown === undefined ? undefined : `the app has no service term with the tag ${unknown}`;
}
