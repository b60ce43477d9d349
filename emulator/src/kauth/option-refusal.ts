import { type App, isEnabled } from '../world/apps.ts';
import { tagsIn } from '../world/service-terms.ts';
import type { World } from '../world/world.ts';
import type { KoeRefusal } from './koe-page.ts';
import { listed } from './listed.ts';

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
 * What is wrong with an authorize request whose redirect URI is right: KOE207, KOE201 or KOE202 (`response_type`),
 * KOE205 (`scope`), KOE102 (`channel_public_id`), KOE204 (`prompt`, PKCE, `service_terms`, and unknown parameters where the settings
 * say so).
 */
export function optionRefusal(query: URLSearchParams, app: App, world: World): KoeRefusal | undefined {
  return responseRefusal(query, app) ?? scopeRefusal(query, app) ?? parameterRefusal(query, app, world);
}

function responseRefusal(query: URLSearchParams, app: App): KoeRefusal | undefined {
  const type = query.get('response_type');
  if (type === 'code') return undefined;
  if (!type) return { koe: 'KOE207', detail: 'the required parameter response_type is missing', app };
  const detail = `Unsupported response type: ${type}`;
  return { koe: type === 'token' ? 'KOE202' : 'KOE201', detail, app };
}

function scopeRefusal(query: URLSearchParams, app: App): KoeRefusal | undefined {
  const disabled = listed(query.get('scope')).filter((scope) => !isEnabled(app, scope));
  if (disabled.length > 0) return { koe: 'KOE205', detail: scopeDetail(disabled), app };
  const channel = listed(query.get('channel_public_id')).find((id) => !app.channels.includes(id));
  if (channel === undefined) return undefined;
  const detail = `Required PLUS_FRIENDS_ON_AGREEMENT_SUPPORTED permission\nthe channel is not linked to the app: ${channel}`;
  return { koe: 'KOE102', detail, app };
}

function scopeDetail(disabled: readonly string[]): string {
  const list = disabled.join(', ');
  const hint = disabled.includes('openid') ? ' (openid: OpenID Connect is OFF)' : '';
  return `Invalid scope: ${list}\nnot enabled in the app's consent items${hint}: ${list}`;
}

function parameterRefusal(query: URLSearchParams, app: App, { settings }: World): KoeRefusal | undefined {
  const prompt = listed(query.get('prompt')).find((value) => !prompts.has(value));
  if (prompt !== undefined) return { koe: 'KOE204', detail: `unknown prompt value: ${prompt}`, app };
  const challenge = challengeProblem(query.get('code_challenge'), query.get('code_challenge_method'));
  if (challenge !== undefined) return { koe: 'KOE204', detail: challenge, app };
  const terms = termsProblem(query.get('service_terms'), app);
  if (terms !== undefined) return { koe: 'KOE204', detail: terms, app };
  if (settings.unknownParameters === 'ignore') return undefined;
  const unknown = [...query.keys()].find((name) => !parameters.has(name) && !tracking.test(name));
  return unknown === undefined ? undefined : { koe: 'KOE204', detail: `unknown parameter: ${unknown}`, app };
}

/** What Kakao says here is not known; nothing that it would ignore is let through in silence. */
function termsProblem(sent: string | null, app: App): string | undefined {
  if (sent === null) return undefined;
  if (!app.kakaoSync) return 'service_terms was sent, but the app has no Kakao Sync';
  const unknown = tagsIn(sent).find((it) => !app.serviceTerms.some(({ tag }) => tag === it));
  return unknown === undefined ? undefined : `the app has no service term with the tag ${unknown}`;
}

function challengeProblem(challenge: string | null, method: string | null): string | undefined {
  if (challenge === null)
    return method === null ? undefined : 'code_challenge_method was sent without code_challenge';
  if (method !== 'S256') return `code_challenge_method must be S256, but was ${method ?? 'not sent'}`;
  return /^[\w-]{43}$/.test(challenge)
    ? undefined
    : 'code_challenge must be 43 base64url characters without padding';
}
