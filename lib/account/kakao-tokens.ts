import {
  claimRefresh,
  deleteDeadKakaoTokens,
  findKakaoTokens,
  type KakaoToken,
  listSealedTokens,
  releaseRefresh,
  replaceSealedTokens,
  type SealedTokens,
  saveKakaoTokens,
  saveRefreshedTokens,
} from '../db/kakao-tokens';
import type { User } from '../db/users';
import { byAccessToken, byAdminKey, type Credential } from '../kakao/api';
import { KakaoError } from '../kakao/errors';
import { type IssuedTokens, refreshTokens } from '../kakao/token';
import type { LoginDeps } from '../login/deps';
import type { SealingKeys } from '../session/keyring';
import { isSealedByNewest, openToken, sealToken, type TokenOwner } from '../session/sealed-token';

/** A token that expires sooner than this is refreshed, so that it does not expire on its way to Kakao. */
const spareMs = 60_000;
/** A refresh takes no longer than this; afterwards another process may try. */
const claimMs = 5_000;
const pollMs = 50;

/** What refreshes tokens, and can seal what comes of it. */
type SealingDeps = LoginDeps & { readonly sealing: SealingKeys };

/**
 * Saves the tokens of a login, sealed, unless its session has been ended meanwhile; nothing without a refresh token,
 * because the access token expires within hours.
 */
export async function keepKakaoTokens(
  deps: LoginDeps,
  { userId, sessionId }: { readonly userId: string; readonly sessionId: string },
  tokens: IssuedTokens,
): Promise<void> {
  if (!deps.sealing) return;
  const { access, refresh } = sealTokens(deps.sealing, userId, { tokens, now: deps.now() });
  if (refresh) await saveKakaoTokens(deps.db, { userId, ...access, ...refresh }, sessionId);
}

/**
 * A usable Kakao access token of one of our users, for Kakao's other APIs; needs `KAKAO_STORE_TOKENS=1`. Refreshed when
 * it has expired: once, however many ask at the same time, in this process and in others. `null` when nothing is kept
 * or Kakao no longer accepts it (KOE322): the person has to log in again. That is no sign of an unlink.
 *
 * @throws KakaoError `unavailable` when Kakao does not answer and `misconfigured` when it refuses us: nothing is lost
 */
export function getKakaoAccessToken(deps: LoginDeps, userId: string): Promise<string | null> {
  const running = deps.refreshing.get(userId);
  if (running) return running;
  const run = findUsableToken(deps, userId).finally(() => deps.refreshing.delete(userId));
  deps.refreshing.set(userId, run);
  return run;
}

async function findUsableToken(deps: LoginDeps, userId: string): Promise<string | null> {
  const deadline = Date.now() + claimMs;
  for (;;) {
    const kept = await findKakaoTokens(deps.db, userId);
    if (!kept) return null;
    const { sealing } = deps;
    if (!sealing) return null;
    const now = deps.now();
    if (kept.accessExpiresAt.getTime() - spareMs > now.getTime()) {
      return openToken(sealing, accessOf(userId), kept.accessToken);
    }
    if (kept.refreshExpiresAt <= now) return forget(deps, kept);
    const until = new Date(now.getTime() + claimMs);
    if (await claimRefresh(deps.db, kept, { now, until })) {
      return refresh({ ...deps, sealing }, kept, deadline);
    }
    if (Date.now() > deadline) throw new KakaoError('unavailable', 'another refresh takes too long');
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

async function refresh(deps: SealingDeps, kept: KakaoToken, deadline: number): Promise<string | null> {
  const { userId } = kept;
  const old = openToken(deps.sealing, refreshOf(userId), kept.refreshToken);
  if (old === null) {
    await releaseRefresh(deps.db, userId);
    return null;
  }
  try {
    const tokens = await refreshTokens(deps.kakao, old, deadline);
    const sealed = sealTokens(deps.sealing, userId, { tokens, now: deps.now() });
    const isSaved = await saveRefreshedTokens(deps.db, kept, { ...sealed.access, ...sealed.refresh });
    // Deleted or replaced meanwhile: whoever did that wins, so what is stored now counts.
    return isSaved ? tokens.accessToken : await findUsableToken(deps, userId);
  } catch (error) {
    if (error instanceof KakaoError && error.code === 'code_rejected') return forget(deps, kept);
    await releaseRefresh(deps.db, userId);
    throw error;
  }
}

/** Deletes tokens that Kakao no longer accepts. */
async function forget(deps: LoginDeps, kept: KakaoToken): Promise<null> {
  await deleteDeadKakaoTokens(deps.db, kept);
  return null;
}

/** Issued tokens as the database keeps them; `refresh` is `null` when no refresh token came. */
function sealTokens(
  sealing: SealingKeys,
  userId: string,
  { tokens, now }: { readonly tokens: IssuedTokens; readonly now: Date },
) {
  const { accessToken, expiresIn, refreshToken, refreshExpiresIn } = tokens;
  const access = {
    accessToken: sealToken(sealing, accessOf(userId), accessToken),
    accessExpiresAt: after(now, expiresIn),
    updatedAt: now,
  };
  if (refreshToken === null || refreshExpiresIn === null) return { access, refresh: null };
  const refresh = {
    refreshToken: sealToken(sealing, refreshOf(userId), refreshToken),
    refreshExpiresAt: after(now, refreshExpiresIn),
  };
  return { access, refresh };
}

function accessOf(userId: string): TokenOwner {
  return { userId, field: 'access' };
}

function refreshOf(userId: string): TokenOwner {
  return { userId, field: 'refresh' };
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}

/** How many tokens were sealed anew, and how many users have tokens that no secret in force opens. */
export interface Resealing {
  readonly resealed: number;
  readonly unreadable: number;
}

/**
 * Seals every kept token that another secret than the newest one has sealed anew, so that the other can be taken out.
 * What cannot be opened stays: a secret that is missing by mistake must not cost the tokens.
 */
export async function resealKakaoTokens({ db, sealing }: LoginDeps): Promise<Resealing> {
  const counts = { resealed: 0, unreadable: 0 };
  let page = sealing ? await listSealedTokens(db, null) : [];
  for (let last = page.at(-1); sealing && last; last = page.at(-1)) {
    for (const old of page) {
      if (isSealedByNewest(sealing, old.accessToken) && isSealedByNewest(sealing, old.refreshToken)) continue;
      const sealed = reseal(sealing, old);
      if (!sealed) counts.unreadable += 1;
      else if (await replaceSealedTokens(db, old, sealed)) counts.resealed += 1;
    }
    page = await listSealedTokens(db, last.userId);
  }
  return counts;
}

function reseal(sealing: SealingKeys, { userId, accessToken, refreshToken }: SealedTokens) {
  const access = openToken(sealing, accessOf(userId), accessToken);
  const refresh = openToken(sealing, refreshOf(userId), refreshToken);
  if (access === null || refresh === null) return null;
  return {
    accessToken: sealToken(sealing, accessOf(userId), access),
    refreshToken: sealToken(sealing, refreshOf(userId), refresh),
  };
}

/**
 * The credential for calls about a user: the admin key if there is one, because it works for everybody; else the
 * person's own token. `null` without either.
 *
 * @throws KakaoError when a token had to be refreshed and could not
 */
export async function kakaoCredential(deps: LoginDeps, user: User): Promise<Credential | null> {
  if (deps.kakao.adminKey !== undefined) return byAdminKey(deps.kakao, user.kakaoId);
  const token = await getKakaoAccessToken(deps, user.id);
  return token === null ? null : byAccessToken(token);
}
