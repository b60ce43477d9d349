import type { Database } from '../db/client';
import type { KakaoConfig } from '../kakao/config';
import type { ConsentItem } from '../kakao/scopes';
import type { CookiePolicy } from '../session/cookie';
import type { Keyring, SealingKeys } from '../session/keyring';
import type { FinishedFlows } from './finished-flows';

/** What came of asking Kakao for somebody's consents. */
export type ConsentAnswer = readonly ConsentItem[] | 'no_credential' | 'unavailable';

/** Until when (ms) Kakao is not asked again for somebody's consents, and what it said; a promise while it is asked. */
export interface RecentConsents {
  readonly until: number;
  readonly answer: ConsentAnswer | Promise<ConsentAnswer>;
}

/** What every use-case gets as its first argument. */
export interface LoginDeps {
  readonly kakao: KakaoConfig;
  readonly keyring: Keyring;
  readonly cookies: CookiePolicy;
  readonly db: Database;
  /** The keyed hash of a Kakao id, by which somebody without a user here is refused. */
  readonly refusalId: (kakaoId: string) => string;
  readonly finishedFlows: FinishedFlows;
  readonly sessionLimits: SessionLimits;
  /** What seals Kakao's tokens; `null` without a `SEALING_SECRET`: then none are kept. */
  readonly sealing: SealingKeys | null;
  /** Whether Kakao's tokens are kept (`KAKAO_STORE_TOKENS`). */
  readonly storesTokens: boolean;
  /** Refreshes of Kakao's tokens that are under way here, by user id. */
  readonly refreshing: Map<string, Promise<string | null>>;
  /** The last copy of each event of Kakao that is not answered yet, by `jti`. */
  readonly eventsUnderWay: Map<string, Promise<unknown>>;
  readonly later: Later;
  /** Consents that Kakao told this process lately, by Kakao id. A change of theirs, or a login, removes them. */
  readonly recentConsents: Map<string, RecentConsents>;
  readonly now: () => Date;
}

/** How long a session lives at most, and how long without being used (`SESSION_MAX_DAYS`, `SESSION_IDLE_DAYS`). */
interface SessionLimits {
  readonly maxSeconds: number;
  readonly idleMs: number;
}

/** Work that goes on after the answer. */
export interface Later {
  /** Whether there is room for more; without it, whoever asks waits for the work. */
  readonly hasRoom: () => boolean;
  readonly run: (work: () => Promise<void>) => void;
}

/** The device that signs in: its user agent and the network prefix of its address, for the session list. */
export interface Device {
  readonly userAgent: string | null;
  readonly ip: string | null;
}

/** All that a login may take, in ms, including every call to Kakao. */
export const loginBudgetMs = 5_200;
