import { recordHistory } from '../db/history';
import { type User, updateProfile } from '../db/users';
import type { Credential } from '../kakao/api';
import { KakaoError } from '../kakao/errors';
import { type ConsentItem, fetchConsentItems, revokeConsentItems } from '../kakao/scopes';
import { fetchUser } from '../kakao/user';
import {
  type ConsentAnswer,
  type Device,
  type LoginDeps,
  loginBudgetMs,
  type RecentConsents,
} from '../login/deps';
import { placeOf } from '../login/device';
import { kakaoCredential } from './kakao-tokens';

/** A page waits at most this long for consents, ms. */
const listBudgetMs = 1_500;

const recentMs = 60_000;
const maxRecent = 1_000;

/** A person's consents at Kakao, or why they cannot be shown. */
export type Consents =
  | { readonly kind: 'known'; readonly items: readonly ConsentItem[] }
  /** There is neither an admin key nor a token of this person. */
  | { readonly kind: 'no_credential' }
  | { readonly kind: 'unavailable' };

/** How the withdrawal of a consent ended. */
export const withdrawals = [
  'withdrawn',
  'required',
  'not_agreed',
  'no_credential',
  'unavailable',
  'too_many_requests',
] as const;
export type Withdrawal = (typeof withdrawals)[number];

/**
 * What a person has agreed to at Kakao (rest-api, "Retrieve consent details"). Kakao is asked once a minute, however many
 * ask here and whatever it says: an error of Kakao's is `unavailable`, for that minute too. So is an answer that takes
 * longer than `patienceMs`; whoever asks after it has come gets it.
 */
export async function listConsents(
  deps: LoginDeps,
  user: User,
  { patienceMs }: { readonly patienceMs?: number } = {},
): Promise<Consents> {
  const now = deps.now().getTime();
  const recent = deps.recentConsents.get(user.kakaoId);
  const answer = recent && recent.until > now ? recent.answer : askAndKeep(deps, user, now + recentMs);
  const known = await (patienceMs === undefined ? answer : orUnavailable(answer, patienceMs));
  return typeof known === 'string' ? { kind: known } : { kind: 'known', items: known };
}

/** The answer, or `unavailable` when it does not come in time; no timer outlives it. */
async function orUnavailable(
  answer: ConsentAnswer | Promise<ConsentAnswer>,
  ms: number,
): Promise<ConsentAnswer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'unavailable'>((resolve) => {
    timer = setTimeout(resolve, ms, 'unavailable');
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

async function askAndKeep(deps: LoginDeps, user: User, until: number): Promise<ConsentAnswer> {
  const { recentConsents } = deps;
  const { kakaoId } = user;
  const asking = { until, answer: askKakao(deps, user) };
  keepRecent(recentConsents, kakaoId, asking);
  // A change of the person's in the meantime has removed it: the answer may be from before.
  const isCurrent = () => recentConsents.get(kakaoId) === asking;
  try {
    const answer = await asking.answer;
    if (isCurrent()) keepRecent(recentConsents, kakaoId, { until, answer });
    return answer;
  } catch (error) {
    if (isCurrent()) recentConsents.delete(kakaoId);
    throw error;
  }
}

async function askKakao(deps: LoginDeps, user: User): Promise<ConsentAnswer> {
  const deadline = Date.now() + listBudgetMs;
  try {
    const credential = await kakaoCredential(deps, user);
    return credential ? await fetchConsentItems(deps.kakao, credential, deadline) : 'no_credential';
  } catch (error) {
    if (error instanceof KakaoError) return 'unavailable';
    throw error;
  }
}

/** Keeps an entry and forgets what is over or too much. The first of the map are the oldest. */
function keepRecent(recent: LoginDeps['recentConsents'], kakaoId: string, entry: RecentConsents): void {
  recent.delete(kakaoId);
  recent.set(kakaoId, entry);
  const now = entry.until - recentMs;
  for (const [id, { until }] of recent) {
    if (until > now && recent.size <= maxRecent) return;
    recent.delete(id);
  }
}

/**
 * Withdraws one consent at Kakao, and updates the profile here to what is still agreed to: an e-mail without consent is
 * erased at once.
 */
export async function withdrawConsent(
  deps: LoginDeps,
  user: User,
  { item, device }: { readonly item: string; readonly device: Device },
): Promise<Withdrawal> {
  const deadline = Date.now() + loginBudgetMs;
  try {
    const credential = await kakaoCredential(deps, user);
    if (!credential) return 'no_credential';
    const outcome = await revoke(deps, item, { credential, deadline });
    if (outcome === 'withdrawn') {
      const entry = { kind: 'consent_withdrawn', detail: item, ...placeOf(device, deps.now()) } as const;
      await recordHistory(deps.db, user.id, entry);
    }
    // Also when it was not agreed to: an earlier attempt may have withdrawn it at Kakao, then failed before our update.
    if (outcome !== 'required') {
      const fetchedAt = deps.now();
      const profile = await fetchUser(deps.kakao, credential, deadline);
      if (profile.id !== user.kakaoId)
        throw new KakaoError('profile_invalid', 'the profile is somebody else’s');
      await updateProfile(deps.db, user.id, profile, fetchedAt);
    }
    return outcome;
  } catch (error) {
    if (error instanceof KakaoError) return 'unavailable';
    throw error;
  } finally {
    deps.recentConsents.delete(user.kakaoId);
  }
}

async function revoke(
  deps: LoginDeps,
  item: string,
  call: { readonly credential: Credential; readonly deadline: number },
): Promise<'withdrawn' | 'required' | 'not_agreed'> {
  try {
    await revokeConsentItems(deps.kakao, [item], call);
    return 'withdrawn';
  } catch (error) {
    if (!(error instanceof KakaoError)) throw error;
    if (error.kakaoCode === '-3') return 'required';
    if (error.kakaoCode === '-2') return 'not_agreed';
    throw error;
  }
}
