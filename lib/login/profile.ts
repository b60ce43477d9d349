import { isDatabaseError } from '../db/errors';
import { deleteKakaoTokens } from '../db/kakao-tokens';
import { revokeSession } from '../db/sessions';
import { distrustProfile, findUserByKakaoId, type User, updateProfile } from '../db/users';
import { byAccessToken } from '../kakao/api';
import { KakaoError, type KakaoErrorCode } from '../kakao/errors';
import type { KakaoTokens } from '../kakao/token';
import { fetchUser, type KakaoUser } from '../kakao/user';
import type { LoginDeps } from './deps';

/** Whoever logs in with an older profile than this waits until it has been fetched, ms. */
const freshMs = 24 * 3_600_000;
const updateBudgetMs = 3_000;

/** Who logs in; with `isFetched` false the profile is an earlier one, and must be brought up to date. */
export interface Identified {
  readonly person: KakaoUser;
  readonly isFetched: boolean;
}

/**
 * Who the person of these tokens is. A verified ID token suffices for somebody whose profile was fetched within a day,
 * unless they were asked for more consent; otherwise Kakao is asked for the profile, and both must name the same person.
 *
 * @throws KakaoError as `fetchUser`, or `id_token_invalid`
 */
export async function identify(
  deps: LoginDeps,
  tokens: KakaoTokens,
  login: { readonly scope: string; readonly deadline: number },
): Promise<Identified> {
  const subject = tokens.idToken?.subject ?? null;
  const known = login.scope === '' ? await findFreshProfile(deps, subject) : null;
  if (known) return { person: known, isFetched: false };
  const person = await fetchUser(deps.kakao, byAccessToken(tokens.accessToken), login.deadline);
  if (subject !== null && subject !== person.id) {
    throw new KakaoError('id_token_invalid', 'the ID token is about somebody else than the profile');
  }
  return { person, isFetched: true };
}

async function findFreshProfile(deps: LoginDeps, kakaoId: string | null): Promise<KakaoUser | null> {
  const user = kakaoId !== null && deps.later.hasRoom() ? await findUserByKakaoId(deps.db, kakaoId) : null;
  if (!user?.profileFetchedAt || deps.now().getTime() - user.profileFetchedAt.getTime() > freshMs)
    return null;
  const { nickname, profileImageUrl, email } = user;
  return { id: user.kakaoId, nickname, profileImageUrl, email };
}

/** What only the profile tells, and would have kept the person out. */
const refusals: ReadonlySet<KakaoErrorCode> = new Set([
  'account_unusable',
  'account_restricted',
  'not_linked',
  'under_14',
  'token_unknown',
]);

/**
 * Fetches the profile of somebody who was let in without it. When Kakao refuses the person now, or it is somebody else's
 * profile, the session ends, and their next login waits for the profile.
 *
 * @throws KakaoError what is to be logged
 */
export async function bringProfileUpToDate(
  deps: LoginDeps,
  login: { readonly user: User; readonly sessionId: string; readonly accessToken: string },
): Promise<void> {
  const { user, sessionId, accessToken } = login;
  const fetchedAt = deps.now();
  try {
    const person = await fetchUser(deps.kakao, byAccessToken(accessToken), Date.now() + updateBudgetMs);
    if (person.id !== user.kakaoId) {
      throw new KakaoError('id_token_invalid', 'the ID token is about somebody else than the profile');
    }
    await updateProfile(deps.db, user.id, person, fetchedAt);
  } catch (error) {
    if (error instanceof KakaoError && (error.code === 'id_token_invalid' || refusals.has(error.code))) {
      await refuseAfterwards(deps, user.id, sessionId);
    }
    throw error;
  }
}

const refusalRetries = 30;
const refusalRetryMs = 1_000;

/**
 * Each of these whatever becomes of the others: the tokens that came with the login may be somebody else's, too. Tried
 * again while the database cannot be written, because nobody comes back to it.
 */
async function refuseAfterwards({ db, now }: LoginDeps, userId: string, sessionId: string): Promise<void> {
  for (let retriesLeft = refusalRetries; ; retriesLeft -= 1) {
    const outcomes = await Promise.allSettled([
      revokeSession(db, sessionId, { at: now(), reason: 'kakao_event' }),
      deleteKakaoTokens(db, userId),
      distrustProfile(db, userId),
    ]);
    const failure = outcomes.find((outcome) => outcome.status === 'rejected');
    if (!failure) return;
    if (retriesLeft === 0 || !isDatabaseError(failure.reason)) throw failure.reason;
    await new Promise((resolve) => setTimeout(resolve, refusalRetryMs));
  }
}
