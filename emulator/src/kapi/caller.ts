import { Refusal } from '../refusals/refusal.ts';
import { authorization, type KakaoRequest } from '../server/request.ts';
import { findAdminKey } from '../world/app-keys.ts';
import type { App } from '../world/apps.ts';
import type { Bilingual } from '../world/consent-items.ts';
import {
  deadTokenVerdict,
  kindOfCredential,
  notThisKind,
  unknownTokenVerdict,
} from '../world/credentials.ts';
import { countCall } from '../world/limits.ts';
import { findLinkById, isPreregistered, type Link, serviceUserId } from '../world/links.ts';
import { findToken, type IssuedToken } from '../world/tokens.ts';
import { now, type World } from '../world/world.ts';
import { parameter } from './parameters.ts';

/** Whose data a user API call is about, and how the call is authorized. */
export type Caller = TokenCaller | { readonly by: 'admin'; readonly link: Link };

interface TokenCaller {
  readonly by: 'token';
  readonly link: Link;
  readonly issued: IssuedToken;
}

/**
 * Who is calling: `Bearer` with an access token, or `KakaoAK` with an admin key and `target_id_type`, `target_id`.
 * Refusals: -401 (token, key or address), -12 and -10 (app), -3 (API not allowed for the admin key), -2 (target), -101 (target
 * not linked), -103, -4, -406 (state of the account).
 */
export function identifyCaller(request: KakaoRequest, world: World): Caller {
  return requireRegistered(identifyAnyCaller(request, world));
}

/** Like `identifyCaller`, also for a user who is only preregistered. */
export function identifyAnyCaller(request: KakaoRequest, world: World): Caller {
  const [scheme, credential] = authorization(request);
  return scheme === 'KakaoAK'
    ? adminCaller(credential, request, world)
    : identifyAnyTokenCaller(request, world);
}

/** Like `identifyCaller` where Kakao takes only a user's token. */
export function identifyTokenCaller(request: KakaoRequest, world: World): TokenCaller {
  return requireRegistered(identifyAnyTokenCaller(request, world));
}

/** Like `identifyTokenCaller`, also for a user who is only preregistered. */
export function identifyAnyTokenCaller(request: KakaoRequest, world: World): TokenCaller {
  const [scheme, credential] = authorization(request);
  if (scheme === 'Bearer') return tokenCaller(credential, request, world);
  const inQuery = world.settings.accessTokenInQuery === 'accept' ? request.query.get('access_token') : null;
  if (scheme === '' && inQuery !== null) return tokenCaller(inQuery, request, world);
  throw new Refusal(-401, { verdict: wrongHeaderVerdict(request, world) });
}

/** The app of an admin key, for APIs about no single user. Refusals: -401, -12, -3. */
export function identifyAdminApp(request: KakaoRequest, world: World): App {
  const [scheme, credential] = authorization(request);
  if (scheme === 'KakaoAK') return appOfAdminKey(credential, request, world);
  throw new Refusal(-401, { verdict: wrongHeaderVerdict(request, world) });
}

/** The caller, but -101 while the app has not completed the connection, as its users are not linked yet. */
function requireRegistered<T extends Caller>(caller: T): T {
  const { by, link } = caller;
  if (!isPreregistered(link)) return caller;
  const verdict =
    by === 'admin'
      ? notLinkedVerdict(link.userId, link.app)
      : {
          en: 'the user is only preregistered: complete the connection with POST /v1/user/signup first',
          ko: '아직 연결이 끝나지 않은 사용자입니다. 먼저 POST /v1/user/signup으로 연결을 마치세요',
        };
  throw new Refusal(-101, { verdict });
}

function tokenCaller(token: string, request: KakaoRequest, world: World): TokenCaller {
  const issued = findToken(world.tokens.access, token);
  if (!issued) throw new Refusal(-401, { verdict: unusableTokenVerdict(token, world) });
  if (issued.expiresAt <= now(world)) {
    const text = 'this access token is already expired';
    throw new Refusal(-401, { text, verdict: unusableTokenVerdict(token, world) });
  }
  const { link, key } = issued.grant;
  checkApp(link.app, world);
  checkAddress(key.allowedIps, request);
  checkAccount(link);
  return { by: 'token', link, issued };
}

function adminCaller(key: string, request: KakaoRequest, world: World): Caller {
  const app = appOfAdminKey(key, request, world);
  const targetId = parameter(request, 'target_id') ?? '';
  if (parameter(request, 'target_id_type') !== 'user_id')
    throw new Refusal(-2, { text: 'target_id_type must be user_id' });
  if (!/^\d{1,19}$/.test(targetId)) throw new Refusal(-2, { text: 'target_id must be a number' });
  const link = findLinkById(world.links, app, targetId);
  if (!link) {
    const isUser = [...world.users.values()].some((user) => serviceUserId(app, user) === targetId);
    const verdict = isUser
      ? notLinkedVerdict(targetId, app)
      : { en: `there is no user ${targetId} in this app`, ko: `이 앱에 사용자 ${targetId}가 없습니다` };
    throw new Refusal(-101, { verdict });
  }
  checkAccount(link);
  return { by: 'admin', link };
}

function appOfAdminKey(key: string, request: KakaoRequest, world: World): App {
  const found = findAdminKey(world.apps, key);
  if (!found) {
    const isKey = /^[0-9a-f]{32}$/.test(key);
    const text = isKey ? `appKey(${key}) does not exist` : `wrong appKey(${key}) format`;
    throw new Refusal(-401, { text, verdict: wrongAdminKeyVerdict(key, world) });
  }
  const { app, adminKey } = found;
  checkApp(app, world);
  if (adminKey.allowedApis?.includes(request.path) === false)
    throw new Refusal(-3, { text: `${request.path} is not an allowed API of this admin key` });
  checkAddress(adminKey.allowedIps, request);
  return app;
}

/** Refuses a sanctioned app, and calls beyond this month's quota. */
function checkApp(app: App, world: World): void {
  if (app.sanctioned) throw new Refusal(-12);
  const isWithin = countCall(world.apiCalls, app, world.settings.monthlyQuota, now(world));
  if (!isWithin) throw new Refusal(-10);
}

function checkAddress(allowed: readonly string[], { callerAddress }: KakaoRequest): void {
  if (allowed.length > 0 && !allowed.includes(callerAddress))
    throw new Refusal(-401, { text: `ip mismatched! callerIp=${callerAddress}` });
}

function checkAccount({ user, app }: Link): void {
  if (user.state === 'dormant') throw new Refusal(-103);
  if (user.state === 'blocked') throw new Refusal(-4);
  if (user.under14 && !app.under14Allowed) throw new Refusal(-406);
}

/** What is wrong with an `Authorization` header whose scheme is not the one that the API takes. */
function wrongHeaderVerdict(request: KakaoRequest, world: World): Bilingual | undefined {
  if (request.headers.authorization === undefined) {
    return {
      en: 'no Authorization header was sent',
      ko: 'Authorization 헤더를 보내지 않았습니다',
    };
  }
  const [scheme, credential] = authorization(request);
  if (scheme === 'Bearer') return unusableTokenVerdict(credential, world);
  if (scheme === 'KakaoAK') return wrongAdminKeyVerdict(credential, world);
  if (kindOfCredential(scheme, world)?.is === 'access_token') {
    return {
      en: 'the access token was sent without the word Bearer before it',
      ko: '액세스 토큰 앞에 Bearer라는 단어가 없습니다',
    };
  }
  const start = JSON.stringify(scheme.slice(0, 20));
  return {
    en: `Authorization begins with ${start}; Kakao knows "Bearer" and "KakaoAK"`,
    ko: `Authorization 헤더가 ${start}로 시작합니다. 카카오는 "Bearer"와 "KakaoAK"만 받습니다`,
  };
}

function unusableTokenVerdict(sent: string, world: World): Bilingual | undefined {
  if (sent === '') {
    return {
      en: 'the Authorization header has no token',
      ko: 'Authorization 헤더에 토큰이 없습니다',
    };
  }
  const known = world.tokens.access.get(sent);
  return known
    ? deadTokenVerdict(known, { en: 'the token', ko: '토큰' }, world)
    : unknownTokenVerdict(sent, { en: 'an access token', ko: '액세스 토큰' }, world);
}

function wrongAdminKeyVerdict(key: string, world: World): Bilingual | undefined {
  if (findAdminKey(world.apps, key)) return undefined;
  const kind = kindOfCredential(key, world);
  if (kind) return notThisKind(kind, { en: 'an admin key', ko: '어드민 키' });
  return { en: 'no app has this admin key', ko: '이 어드민 키를 가진 앱이 없습니다' };
}

function notLinkedVerdict(userId: string, { appId }: App): Bilingual {
  return {
    en: `user ${userId} is not linked to app ${appId}`,
    ko: `사용자 ${userId}는 앱 ${appId}에 연결되어 있지 않습니다`,
  };
}
