import { unregisteredVerdict } from '../refusals/difference.ts';
import { Refusal } from '../refusals/refusal.ts';
import type { PlatformKey } from '../world/app-keys.ts';
import type { Client } from '../world/apps.ts';
import { type App, isEnabled } from '../world/apps.ts';
import { tagsIn } from '../world/consent-items.ts';
import type { World } from '../world/world.ts';
import { identifyClient } from './client.ts';

/** A checked request for authorization. */
export interface AuthorizeRequest {
  readonly app: App;
  readonly key: PlatformKey;
  readonly redirectUri: string;
  readonly state: string | null;
  readonly nonce: string | null;
  /** Requested scope ids ("request additional consent"), or `null` for a normal login. */
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

/** Added to links by advertising; Kakao ignores them. */
const tracking = /^(utm_|gclid$|fbclid$)/;

type Check = (query: URLSearchParams, client: Client, world: World) => void;

/** In the order in which Kakao refuses. Until the redirect URI is right, nothing may be sent there. */
const checks: readonly Check[] = [
  checkRepeated,
  checkApp,
  checkRedirectUri,
  checkResponseType,
  checkScope,
  checkChannel,
  checkPrompt,
  checkPkce,
  checkServiceTerms,
  checkUnknown,
];

/** Checks the query of `/oauth/authorize` (RFC 6749 4.1.1, RFC 7636). */
export function readAuthorizeRequest(query: URLSearchParams, world: World): AuthorizeRequest {
  const scope = listed(query.get('scope'));
  const prompt = listed(query.get('prompt'));
  // The predecessor of `prompt=login`.
  if (query.get('auth_type') === 'reauthenticate') prompt.push('login');
  const client = identifyClient(query.get('client_id'), world);
  for (const check of checks) check(query, client, world);
  return {
    ...client,
    redirectUri: query.get('redirect_uri') ?? '',
    state: query.get('state'),
    nonce: query.get('nonce'),
    // `scope=` without an item is a normal login: next-auth sends it so.
    scope: scope.length > 0 ? scope : null,
    serviceTerms: query.has('service_terms') ? tagsIn(query.get('service_terms')) : null,
    prompt: new Set(prompt),
    codeChallenge: query.get('code_challenge'),
    loginHint: query.get('login_hint'),
  };
}

/** KOE001: a parameter was sent twice. */
function checkRepeated(query: URLSearchParams): void {
  const names = [...query.keys()];
  const repeated = names.find((name, at) => names.indexOf(name) !== at);
  if (repeated !== undefined) throw new Refusal('KOE001', { verdict: `${repeated} was sent more than once` });
}

/** KOE125 (app sanctioned), KOE004 (Kakao Login is off). */
function checkApp(_query: URLSearchParams, { app }: Client): void {
  if (app.sanctioned) throw new Refusal('KOE125', { verdict: `app ${app.appId} is sanctioned` });
  if (!app.loginEnabled) throw new Refusal('KOE004', { verdict: `Kakao Login is OFF for app ${app.appId}` });
}

/** KOE207 (not sent), KOE008 (native key on the web), KOE006 (not registered). */
function checkRedirectUri(query: URLSearchParams, { app, key }: Client): void {
  const sent = query.get('redirect_uri');
  if (!sent) throw new Refusal('KOE207', { verdict: 'the required parameter redirect_uri is missing' });
  if (key.redirectUris.includes(sent)) return;
  if (key.type === 'native' && /^https?:/.test(sent)) {
    const restKeys = app.platformKeys.filter(({ type }) => type === 'rest').map((rest) => rest.key);
    const verdict = `client_id is a native key; send a REST API key: ${restKeys.join(', ')}`;
    throw new Refusal('KOE008', { verdict });
  }
  throw new Refusal('KOE006', { verdict: unregisteredVerdict('redirect_uri', sent, key.redirectUris) });
}

/** KOE207, KOE202 (the implicit grant), KOE201. */
function checkResponseType(query: URLSearchParams): void {
  const type = query.get('response_type');
  if (!type) throw wrongOption('KOE207', 'the required parameter response_type is missing');
  if (type !== 'code')
    throw wrongOption(type === 'token' ? 'KOE202' : 'KOE201', `Unsupported response type: ${type}`);
}

/** KOE205: a consent item, or OpenID Connect, that is off in the app. */
function checkScope(query: URLSearchParams, { app }: Client): void {
  const disabled = listed(query.get('scope')).filter((scope) => !isEnabled(app, scope));
  if (disabled.length === 0) return;
  const verdict =
    disabled[0] === 'openid'
      ? 'scope openid was asked for, but OpenID Connect is off in the app'
      : `scope ${disabled[0]} is off in the app's consent items`;
  throw wrongOption('KOE205', verdict, `Invalid scope: ${disabled.join(', ')}`);
}

/** KOE102, which is always a page. */
function checkChannel(query: URLSearchParams, { app }: Client): void {
  const channel = listed(query.get('channel_public_id')).find((id) => !app.channels.includes(id));
  if (channel === undefined) return;
  const permission = 'Required PLUS_FRIENDS_ON_AGREEMENT_SUPPORTED permission';
  const verdict = `${permission}; the channel is not linked to the app: ${channel}`;
  throw new Refusal('KOE102', { verdict });
}

/** KOE204. */
function checkPrompt(query: URLSearchParams): void {
  const unknown = listed(query.get('prompt')).find((value) => !prompts.has(value));
  if (unknown !== undefined) throw wrongOption('KOE204', `unknown prompt value: ${unknown}`);
}

/** KOE204. */
function checkPkce(query: URLSearchParams): void {
  const [challenge, method] = [query.get('code_challenge'), query.get('code_challenge_method')];
  if (challenge === null && method === null) return;
  if (challenge === null)
    throw wrongOption('KOE204', 'code_challenge_method was sent without code_challenge');
  if (method !== 'S256')
    throw wrongOption('KOE204', `code_challenge_method must be S256, but was ${method ?? 'not sent'}`);
  if (!/^[\w-]{43}$/.test(challenge))
    throw wrongOption('KOE204', 'code_challenge must be 43 base64url characters without padding');
}

/** KOE204. Kakao's answer is not known; refused here, so that a mistake does not go unnoticed. */
function checkServiceTerms(query: URLSearchParams, { app }: Client): void {
  const sent = query.get('service_terms');
  if (sent === null) return;
  if (!app.kakaoSync) throw wrongOption('KOE204', 'service_terms was sent, but the app has no Kakao Sync');
  const unknown = tagsIn(sent).find((it) => !app.serviceTerms.some(({ tag }) => tag === it));
  if (unknown !== undefined)
    throw wrongOption('KOE204', `the app has no service term with the tag ${unknown}`);
}

/** KOE204 for an undocumented parameter, unless the setting `unknownParameters` is `ignore`. */
function checkUnknown(query: URLSearchParams, _client: Client, { settings }: World): void {
  if (settings.unknownParameters === 'ignore') return;
  const unknown = [...query.keys()].find((name) => !parameters.has(name) && !tracking.test(name));
  if (unknown !== undefined) throw wrongOption('KOE204', `unknown parameter: ${unknown}`);
}

/** A refusal of a request whose redirect URI is right. */
function wrongOption(koe: string, verdict: string, text?: string): Refusal {
  return new Refusal(koe, { verdict, text, mayRedirect: true });
}

/** The entries of a list parameter: Kakao documents commas, its SDKs and most libraries send spaces; both are read. */
function listed(parameter: string | null): string[] {
  return (parameter ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
}
