import { type Database, openDatabase } from '../db/client';
import type { LoginDeps } from '../login/deps';
import { createFinishedFlows } from '../login/finished-flows';
import { cookieScope } from '../session/cookie';
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

function wire({ kakao, origin, secrets, storesKakaoTokens }: Env, db: Database): LoginDeps {
  return {
    kakao,
    keyring: createKeyring(origin, secrets),
    cookies: cookieScope(origin),
    db,
    finishedFlows: createFinishedFlows(),
    storesTokens: storesKakaoTokens,
    refreshing: new Map(),
    now: () => new Date(),
  };
}
