import { unregisteredVerdict } from '../refusals/difference.ts';
import { Refusal } from '../refusals/refusal.ts';
import type { PlatformKey } from '../world/app-keys.ts';
import type { Client } from '../world/apps.ts';
import { type App, isEnabled } from '../world/apps.ts';
import type { Bilingual } from '../world/consent-items.ts';
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
  if (repeated !== undefined)
    throw new Refusal('KOE001', {
      verdict: { en: `${repeated} was sent more than once`, ko: `${repeated} 값을 두 번 이상 보냈습니다` },
    });
}

/** KOE125 (app sanctioned), KOE004 (Kakao Login is off). */
function checkApp(_query: URLSearchParams, { app }: Client): void {
  if (app.sanctioned) throw new Refusal('KOE125', { verdict: sanctionedVerdict(app) });
  if (!app.loginEnabled)
    throw new Refusal('KOE004', {
      verdict: {
        en: `Kakao Login is OFF for app ${app.appId}`,
        ko: `앱 ${app.appId}의 카카오 로그인이 꺼져 있습니다`,
      },
    });
}

/** KOE207 (not sent), KOE008 (native key on the web), KOE006 (not registered). */
function checkRedirectUri(query: URLSearchParams, { app, key }: Client): void {
  const sent = query.get('redirect_uri');
  if (!sent) throw new Refusal('KOE207', { verdict: missingVerdict('redirect_uri') });
  if (key.redirectUris.includes(sent)) return;
  if (key.type === 'native' && /^https?:/.test(sent)) {
    const restKeys = app.platformKeys.filter(({ type }) => type === 'rest').map((rest) => rest.key);
    const verdict = {
      en: `client_id is a native key; send a REST API key: ${restKeys.join(', ')}`,
      ko: `client_id 값이 네이티브 앱 키입니다. REST API 키를 보내세요: ${restKeys.join(', ')}`,
    };
    throw new Refusal('KOE008', { verdict });
  }
  throw new Refusal('KOE006', { verdict: unregisteredVerdict('redirect_uri', sent, key.redirectUris) });
}

/** KOE207, KOE202 (the implicit grant), KOE201. */
function checkResponseType(query: URLSearchParams): void {
  const type = query.get('response_type');
  if (!type) throw wrongOption('KOE207', missingVerdict('response_type'));
  if (type !== 'code') {
    throw wrongOption(type === 'token' ? 'KOE202' : 'KOE201', {
      en: `Unsupported response type: ${type}`,
      ko: `지원하지 않는 response_type입니다: ${type}`,
    });
  }
}

/** KOE205: a consent item, or OpenID Connect, that is off in the app. */
function checkScope(query: URLSearchParams, { app }: Client): void {
  const disabled = listed(query.get('scope')).filter((scope) => !isEnabled(app, scope));
  if (disabled.length === 0) return;
  const verdict =
    disabled[0] === 'openid'
      ? {
          en: 'scope openid was asked for, but OpenID Connect is off in the app',
          ko: 'scope로 openid를 요청했는데 앱의 OpenID Connect가 꺼져 있습니다',
        }
      : {
          en: `scope ${disabled[0]} is off in the app's consent items`,
          ko: `scope로 요청한 ${disabled[0]} 항목이 앱의 동의 항목에서 꺼져 있습니다`,
        };
  throw wrongOption('KOE205', verdict, `Invalid scope: ${disabled.join(', ')}`);
}

/** KOE102, which is always a page. */
function checkChannel(query: URLSearchParams, { app }: Client): void {
  const channel = listed(query.get('channel_public_id')).find((id) => !app.channels.includes(id));
  if (channel === undefined) return;
  const permission = 'Required PLUS_FRIENDS_ON_AGREEMENT_SUPPORTED permission';
  const verdict = {
    en: `${permission}; the channel is not linked to the app: ${channel}`,
    ko: `앱에 연결되지 않은 채널입니다: ${channel} (${permission})`,
  };
  throw new Refusal('KOE102', { verdict });
}

/** KOE204. */
function checkPrompt(query: URLSearchParams): void {
  const unknown = listed(query.get('prompt')).find((value) => !prompts.has(value));
  if (unknown === undefined) return;
  throw wrongOption('KOE204', {
    en: `unknown prompt value: ${unknown}`,
    ko: `알 수 없는 prompt 값입니다: ${unknown}`,
  });
}

/** KOE204. */
function checkPkce(query: URLSearchParams): void {
  const [challenge, method] = [query.get('code_challenge'), query.get('code_challenge_method')];
  if (challenge === null && method === null) return;
  if (challenge === null) {
    throw wrongOption('KOE204', {
      en: 'code_challenge_method was sent without code_challenge',
      ko: 'code_challenge 없이 code_challenge_method만 보냈습니다',
    });
  }
  if (method !== 'S256') {
    throw wrongOption('KOE204', {
      en: `code_challenge_method must be S256, but was ${method ?? 'not sent'}`,
      ko: `code_challenge_method는 S256이어야 합니다. 보낸 값: ${method ?? '없음'}`,
    });
  }
  if (!/^[\w-]{43}$/.test(challenge)) {
    throw wrongOption('KOE204', {
      en: 'code_challenge must be 43 base64url characters without padding',
      ko: 'code_challenge는 패딩 없는 base64url 43자여야 합니다',
    });
  }
}

/** KOE204. Kakao's answer is not known; refused here, so that a mistake does not go unnoticed. */
function checkServiceTerms(query: URLSearchParams, { app }: Client): void {
  const sent = query.get('service_terms');
  if (sent === null) return;
  if (!app.kakaoSync) {
    throw wrongOption('KOE204', {
      en: 'service_terms was sent, but the app has no Kakao Sync',
      ko: 'service_terms 값을 보냈는데 앱이 카카오싱크를 쓰지 않습니다',
    });
  }
  const unknown = tagsIn(sent).find((it) => !app.serviceTerms.some(({ tag }) => tag === it));
  if (unknown === undefined) return;
  throw wrongOption('KOE204', {
    en: `the app has no service term with the tag ${unknown}`,
    ko: `앱에 태그가 ${unknown}인 서비스 약관이 없습니다`,
  });
}

/** KOE204 for an undocumented parameter, unless the setting `unknownParameters` is `ignore`. */
function checkUnknown(query: URLSearchParams, _client: Client, { settings }: World): void {
  if (settings.unknownParameters === 'ignore') return;
  const unknown = [...query.keys()].find((name) => !parameters.has(name) && !tracking.test(name));
  if (unknown === undefined) return;
  throw wrongOption('KOE204', {
    en: `unknown parameter: ${unknown}`,
    ko: `알 수 없는 파라미터입니다: ${unknown}`,
  });
}

/** A refusal of a request whose redirect URI is right. */
function wrongOption(koe: string, verdict: Bilingual, text?: string): Refusal {
  return new Refusal(koe, { verdict, text, mayRedirect: true });
}

function missingVerdict(name: string): Bilingual {
  return { en: `the required parameter ${name} is missing`, ko: `필수 파라미터 ${name} 값이 없습니다` };
}

/** That Kakao has sanctioned the app. */
export function sanctionedVerdict({ appId }: App): Bilingual {
  return { en: `app ${appId} is sanctioned`, ko: `앱 ${appId}은(는) 제재된 앱입니다` };
}

/** The entries of a list parameter: Kakao documents commas, its SDKs and most libraries send spaces; both are read. */
function listed(parameter: string | null): string[] {
  return (parameter ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
}
