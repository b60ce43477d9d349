import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { findAdminKey } from '../world/admin-keys.ts';
import { countCall } from '../world/api-calls.ts';
import type { App } from '../world/apps.ts';
import { findLinkById, isPreregistered, type Link } from '../world/links.ts';
import { findToken, type IssuedToken } from '../world/tokens.ts';
import { now, type World } from '../world/world.ts';
import { kapiError } from './error.ts';

/** Whose data a user API is about, and by which right. */
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
export function identifyCaller(request: KakaoRequest, world: World): Caller | Reply {
  return registered(identifyAnyCaller(request, world));
}

/** Like `identifyCaller`, also for a user who is only preregistered. */
export function identifyAnyCaller(request: KakaoRequest, world: World): Caller | Reply {
  const [scheme, credential] = authorization(request);
  return scheme === 'KakaoAK'
    ? adminCaller(credential, request, world)
    : identifyAnyTokenCaller(request, world);
}

/** Like `identifyCaller` where Kakao takes only a user's token. */
export function identifyTokenCaller(request: KakaoRequest, world: World): TokenCaller | Reply {
  return registered(identifyAnyTokenCaller(request, world));
}

/** Like `identifyTokenCaller`, also for a user who is only preregistered. */
export function identifyAnyTokenCaller(request: KakaoRequest, world: World): TokenCaller | Reply {
  const [scheme, credential] = authorization(request);
  if (scheme === 'Bearer') return tokenCaller(credential, request, world);
  const inQuery = world.settings.accessTokenInQuery === 'accept' ? request.query.get('access_token') : null;
  return scheme === '' && inQuery !== null ? tokenCaller(inQuery, request, world) : kapiError(-401);
}

/** The app of an admin key where no user is meant. Refusals: -401, -12, -3. */
export function identifyAdminApp(request: KakaoRequest, world: World): App | Reply {
  const [scheme, credential] = authorization(request);
  return scheme === 'KakaoAK' ? appOfAdminKey(credential, request, world) : kapiError(-401);
}

/** The bearer token as sent, or an empty text. */
export function bearerToken(request: KakaoRequest): string {
  const [scheme, credential] = authorization(request);
  return scheme === 'Bearer' ? credential : '';
}

/** A parameter of the form body or, on GET, of the query. */
export function parameter(request: KakaoRequest, name: string): string | null {
  return request.method === 'POST' ? request.form.get(name) : request.query.get(name);
}

/**
 * The scheme and the credential of the `Authorization` header. `bearer` is taken in any case (RFC 9110 11.1), because
 * clients such as openid-client repeat Kakao's own `token_type`, which is lower case.
 */
export function authorization(request: KakaoRequest): [scheme: string, credential: string] {
  const header = request.headers.authorization ?? '';
  const at = header.indexOf(' ');
  if (at < 0) return [header, ''];
  const scheme = header.slice(0, at);
  return [scheme.toLowerCase() === 'bearer' ? 'Bearer' : scheme, header.slice(at + 1)];
}

/** -101 while the app has not completed the connection, as its users are not linked yet. */
function registered<T extends Caller>(caller: T | Reply): T | Reply {
  return 'link' in caller && isPreregistered(caller.link) ? kapiError(-101) : caller;
}

function tokenCaller(token: string, request: KakaoRequest, world: World): TokenCaller | Reply {
  const issued = findToken(world.tokens.access, token);
  if (!issued) return kapiError(-401);
  if (issued.expiresAt <= now(world)) return kapiError(-401, 'this access token is already expired');
  const { link, key } = issued.grant;
  return (
    appRefusal(link.app, world) ??
    addressRefusal(key.allowedIps, request) ??
    accountRefusal(link) ?? { by: 'token', link, issued }
  );
}

function adminCaller(key: string, request: KakaoRequest, world: World): Caller | Reply {
  const app = appOfAdminKey(key, request, world);
  if ('status' in app) return app;
  const targetId = parameter(request, 'target_id') ?? '';
  if (parameter(request, 'target_id_type') !== 'user_id')
    return kapiError(-2, 'target_id_type must be user_id');
  if (!/^\d{1,19}$/.test(targetId)) return kapiError(-2, 'target_id must be a number');
  const link = findLinkById(world.links, app, targetId);
  if (!link) return kapiError(-101);
  return accountRefusal(link) ?? { by: 'admin', link };
}

function appOfAdminKey(key: string, request: KakaoRequest, world: World): App | Reply {
  const found = findAdminKey(world.apps, key);
  if (!found) return kapiError(-401, wrongKeyText(key));
  const { app, adminKey } = found;
  const refusal = appRefusal(app, world);
  if (refusal) return refusal;
  if (adminKey.allowedApis?.includes(request.path) === false)
    return kapiError(-3, `${request.path} is not an allowed API of this admin key`);
  return addressRefusal(adminKey.allowedIps, request) ?? app;
}

/** A sanctioned app, or the call that is one too many this month. */
function appRefusal(app: App, world: World): Reply | undefined {
  if (app.sanctioned) return kapiError(-12);
  const isWithin = countCall(world.apiCalls, app, world.settings.monthlyQuota, now(world));
  return isWithin ? undefined : kapiError(-10);
}

function addressRefusal(allowed: readonly string[], { callerAddress }: KakaoRequest): Reply | undefined {
  if (allowed.length === 0 || allowed.includes(callerAddress)) return undefined;
  return kapiError(-401, `ip mismatched! callerIp=${callerAddress}`);
}

function wrongKeyText(key: string): string {
  return /^[0-9a-f]{32}$/.test(key) ? `appKey(${key}) does not exist` : `wrong appKey(${key}) format`;
}

function accountRefusal(link: Link): Reply | undefined {
  if (link.user.state === 'dormant') return kapiError(-103);
  if (link.user.state === 'blocked') return kapiError(-4);
  return link.user.under14 && !link.app.under14Allowed ? kapiError(-406) : undefined;
}
