import { afterEach, beforeAll, beforeEach } from 'vitest';
import type { KakaoConfig } from '@/lib/kakao/config';
import type { RecentConsents } from '@/lib/login/deps';
import { createFinishedFlows } from '@/lib/login/finished-flows';
import { loadRefusalId } from '@/lib/login/refusal-id';
import { createLater } from '@/lib/server/later';
import type { Wiring } from '@/lib/server/wiring';
import { cookies } from '@/lib/session/cookie';
import { createKeyring, createSealingKeys } from '@/lib/session/keyring';
import { type Browser, newBrowser } from './browser';
import { withDatabase } from './database';
import { type LocalKakao, withLocalKakao } from './kakao';

const secret = 'a-secret-for-tests-of-at-least-32-bytes';
const sealingSecret = 'a-sealing-secret-for-tests-of-32-bytes';
const origin = 'http://localhost:3000';
const dayMs = 24 * 3_600_000;
const defaultLimits = { maxSeconds: (30 * dayMs) / 1_000, idleMs: 7 * dayMs };

/** Everything behind the routes: a local Kakao, an empty database, and what the use-cases get. */
export interface TestApp {
  readonly kakao: LocalKakao;
  readonly deps: (changes?: Partial<KakaoConfig>) => Wiring;
  readonly browser: () => Browser;
  /** Keeps Kakao's tokens from now on, until the end of the test. */
  readonly storeTokens: () => void;
  /** Sets how long sessions live from now on, until the end of the test. */
  readonly limitSessions: (days: { readonly maxDays: number; readonly idleDays: number }) => void;
  /** Waits for the work that goes on after answers. */
  readonly settled: () => Promise<void>;
  /** Forgets what the process remembers, as a restart does. */
  readonly restart: () => void;
  /** Moves the clock of the app. */
  readonly pass: (ms: number) => void;
  /** Takes the locks that writes need, as another process does; the answer releases them. */
  readonly lockDatabase: () => Promise<() => Promise<void> | void>;
}

/** The app below its routes, with no rows and its clock at the real time before each test. */
export function withApp(): TestApp {
  const kakao = withLocalKakao();
  const database = withDatabase();
  let passed = 0;
  const noFinishedFlows = () => createFinishedFlows(() => Date.now() + passed);
  let finishedFlows = noFinishedFlows();
  let storesTokens = false;
  let sessionLimits = defaultLimits;
  let refreshing = new Map<string, Promise<string | null>>();
  const eventsUnderWay = new Map<string, Promise<unknown>>();
  const later = createLater();
  const unsettled = new Set<Promise<void>>();
  const runLater = (work: () => Promise<void>) => {
    const done = new Promise<void>((resolve) => later.run(() => work().finally(resolve)));
    unsettled.add(done);
    void done.then(() => unsettled.delete(done));
  };
  const settled = async () => {
    await Promise.all(unsettled);
  };
  afterEach(settled);
  let recentConsents = new Map<string, RecentConsents>();
  let refusalId: (kakaoId: string) => string;
  beforeAll(async () => {
    refusalId = await loadRefusalId(database.db(), createKeyring(origin, [secret]));
  });
  beforeEach(async () => {
    passed = 0;
    storesTokens = false;
    sessionLimits = defaultLimits;
    recentConsents = new Map();
    finishedFlows = noFinishedFlows();
    await database.db().user.deleteMany();
    await database.db().webhookEvent.deleteMany();
    await database.db().pendingUnlink.deleteMany();
    await database.db().refusal.deleteMany();
  });
  const deps = (changes: Partial<KakaoConfig> = {}): Wiring => ({
    kakao: kakao.config(changes),
    keyring: createKeyring(origin, [secret]),
    cookies: cookies(origin),
    db: database.db(),
    refusalId,
    finishedFlows,
    sessionLimits,
    sealing: createSealingKeys([sealingSecret], [secret]),
    storesTokens,
    refreshing,
    eventsUnderWay,
    later: { ...later, run: runLater },
    recentConsents,
    now: () => new Date(Date.now() + passed),
  });
  return {
    kakao,
    deps,
    browser: () => newBrowser(deps),
    storeTokens: () => {
      storesTokens = true;
    },
    limitSessions: ({ maxDays, idleDays }) => {
      sessionLimits = { maxSeconds: (maxDays * dayMs) / 1_000, idleMs: idleDays * dayMs };
    },
    settled,
    restart: () => {
      refreshing = new Map();
      recentConsents = new Map();
      finishedFlows = noFinishedFlows();
    },
    pass: (ms) => {
      passed += ms;
    },
    lockDatabase: database.lock,
  };
}
