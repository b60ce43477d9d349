import { type Database, openDatabase } from '../db/client';
import type { KakaoConfig } from '../kakao/config';
import type { LoginDeps } from '../login/deps';
import { createFinishedFlows } from '../login/finished-flows';
import { cookiePolicy } from '../session/cookie';
import { createKeyring } from '../session/keyring';
import { type Env, env } from './env';

declare global {
  // Next bundles pages, routes and instrumentation apart; the process has one database and one keyring.
  var kakaoLoginWiring: Promise<LoginDeps> | undefined;
}

/** Everything the use-cases need, joined with the environment once per process. */
export function wiring(): Promise<LoginDeps> {
  globalThis.kakaoLoginWiring ??= openDatabase(env().databaseUrl).then((db) => wire(env(), db));
  return globalThis.kakaoLoginWiring;
}

function wire(from: Env, db: Database): LoginDeps {
  return {
    kakao: kakaoConfig(from),
    keyring: createKeyring(from.origin, from.secrets),
    cookies: cookiePolicy(from.origin),
    db,
    finishedFlows: createFinishedFlows(),
    storesTokens: from.storesKakaoTokens,
    refreshing: new Map(),
    now: () => new Date(),
  };
}

function kakaoConfig(from: Env): KakaoConfig {
  return {
    clientId: from.kakaoClientId,
    clientSecret: from.kakaoClientSecret,
    appId: from.kakaoAppId,
    adminKey: from.kakaoAdminKey,
    redirectUri: `${from.origin}/login/callback`,
    scope: from.kakaoScope,
    authOrigin: from.kakaoAuthOrigin,
    apiOrigin: from.kakaoApiOrigin,
    issuer: from.kakaoIssuer,
  };
}
