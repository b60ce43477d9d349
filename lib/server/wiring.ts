import { type Database, openDatabase } from '../db/client';
import type { LoginDeps } from '../login/deps';
import { createFinishedFlows } from '../login/finished-flows';
import { loadRefusalId } from '../login/refusal-id';
import { type Cookies, cookies } from '../session/cookie';
import { createKeyring, createSealingKeys } from '../session/keyring';
import { finishBeforeEnd } from './draining';
import { type Env, env } from './env';
import { createLater } from './later';
import { measureKakao } from './metrics';

/** Everything the use-cases need, and the cookies of this site. */
export interface Wiring extends LoginDeps {
  readonly cookies: Cookies;
}

declare global {
  // Next bundles pages, routes and instrumentation apart; the process has one database and one keyring.
  var kakaoLoginWiring: Promise<Wiring> | undefined;
}

/** Code and environment, joined once per process. `keepsKeys` is for commands, see `loadRefusalId`. */
export function wiring({ keepsKeys = false } = {}): Promise<Wiring> {
  globalThis.kakaoLoginWiring ??= openDatabase(env().databaseUrl, { poolSize: env().databasePoolSize }).then(
    (db) => wire(env(), db, keepsKeys),
  );
  return globalThis.kakaoLoginWiring;
}

async function wire(
  { kakao, origin, secrets, sealingSecrets, sessionLimits, storesKakaoTokens }: Env,
  db: Database,
  keepsKey: boolean,
): Promise<Wiring> {
  const keyring = createKeyring(origin, secrets);
  const later = createLater();
  finishBeforeEnd(later.idle);
  return {
    kakao: { ...kakao, observe: measureKakao },
    keyring,
    cookies: cookies(origin),
    db,
    refusalId: await loadRefusalId(db, keyring, { keepsKey }),
    finishedFlows: createFinishedFlows(),
    sessionLimits,
    sealing: sealingSecrets ? createSealingKeys(sealingSecrets, secrets) : null,
    storesTokens: storesKakaoTokens,
    refreshing: new Map(),
    eventsUnderWay: new Map(),
    later,
    recentConsents: new Map(),
    now: () => new Date(),
  };
}
