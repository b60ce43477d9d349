import {
  claimRefresh,
  deleteDeadKakaoTokens,
  findKakaoTokens,
  type KakaoToken,
  releaseRefresh,
  saveKakaoTokens,
  saveRefreshedTokens,
} from '../db/kakao-tokens';
import type { User } from '../db/users';
import { byAccessToken, byAdminKey, type Credential } from '../kakao/api';
import { KakaoError } from '../kakao/errors';
import { type IssuedTokens, refreshTokens } from '../kakao/token';
import type { LoginDeps } from '../login/deps';
import { openToken, sealToken } from '../session/sealed-token';

/** A token with less than this left is refreshed, so that it does not end on its way to Kakao. */
const spareMs = 60_000;
/** A refresh is over by then, whatever happens; afterwards another process may try. */
const claimMs = 5_000;
const askAgainMs = 50;

/** Keeps what a login brought, sealed. Without a refresh token there is nothing worth keeping. */
export async function keepKakaoTokens(deps: LoginDeps, userId: string, tokens: IssuedTokens): Promise<void> {
  const { refreshToken, refreshExpiresIn } = tokens;
  if (refreshToken === null || refreshExpiresIn === null) return;
  const now = deps.now();
  const sealed = {
    ...(await sealedAccess(deps, userId, tokens, now)),
    ...(await sealedRefresh(deps, userId, refreshToken, refreshExpiresIn, now)),
  };
  await saveKakaoTokens(deps.db, { userId, ...sealed });
}

/**
 * A usable access token of Kakao for one of our users, refreshed if need be: once, however many ask at the same time,
 * in this process and in others. `null` when nothing is kept or what was kept is dead (KOE322): the person has to log
 * in again. That is no sign of an unlink.
 *
 * @throws KakaoError `unavailable` when Kakao does not answer and `misconfigured` when it refuses us: nothing is lost
 */
export function kakaoAccessToken(deps: LoginDeps, userId: string): Promise<string | null> {
  const running = deps.refreshing.get(userId);
  if (running) return running;
  const run = usableToken(deps, userId, Date.now() + claimMs).finally(() => deps.refreshing.delete(userId));
  deps.refreshing.set(userId, run);
  return run;
}

async function usableToken(deps: LoginDeps, userId: string, deadline: number): Promise<string | null> {
  for (;;) {
    const kept = await findKakaoTokens(deps.db, userId);
    const now = deps.now();
    if (!kept) return null;
    if (kept.accessExpiresAt.getTime() - spareMs > now.getTime()) return openAccess(deps, kept);
    if (kept.refreshExpiresAt <= now) return forget(deps, kept);
    const until = new Date(now.getTime() + claimMs);
    if (await claimRefresh(deps.db, kept, now, until)) return refresh(deps, kept, deadline);
    if (Date.now() > deadline) throw new KakaoError('unavailable', 'another refresh takes too long');
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
  }
}

async function openAccess(deps: LoginDeps, kept: KakaoToken): Promise<string | null> {
  const place = { userId: kept.userId, field: 'access' } as const;
  return (await openToken(deps.keyring, place, kept.accessToken)) ?? forget(deps, kept);
}

async function refresh(deps: LoginDeps, kept: KakaoToken, deadline: number): Promise<string | null> {
  const { userId, updatedAt } = kept;
  const old = await openToken(deps.keyring, { userId, field: 'refresh' }, kept.refreshToken);
  if (old === null) return forget(deps, kept);
  try {
    const tokens = await refreshTokens(deps.kakao, old, deadline);
    await saveRefreshedTokens(deps.db, userId, updatedAt, await sealedOutcome(deps, userId, tokens));
    return tokens.accessToken;
  } catch (error) {
    if (error instanceof KakaoError && error.code === 'code_rejected') return forget(deps, kept);
    await releaseRefresh(deps.db, userId);
    throw error;
  }
}

/** Dead, or sealed with a secret that is gone. */
async function forget(deps: LoginDeps, { userId, updatedAt }: KakaoToken): Promise<null> {
  await deleteDeadKakaoTokens(deps.db, userId, updatedAt);
  return null;
}

async function sealedOutcome(deps: LoginDeps, userId: string, tokens: IssuedTokens) {
  const { refreshToken, refreshExpiresIn } = tokens;
  const now = deps.now();
  const access = await sealedAccess(deps, userId, tokens, now);
  if (refreshToken === null || refreshExpiresIn === null) return access;
  return { ...access, ...(await sealedRefresh(deps, userId, refreshToken, refreshExpiresIn, now)) };
}

async function sealedAccess(deps: LoginDeps, userId: string, tokens: IssuedTokens, now: Date) {
  return {
    accessToken: await sealToken(deps.keyring, { userId, field: 'access' }, tokens.accessToken),
    accessExpiresAt: after(now, tokens.expiresIn),
    updatedAt: now,
  };
}

async function sealedRefresh(deps: LoginDeps, userId: string, token: string, seconds: number, now: Date) {
  return {
    refreshToken: await sealToken(deps.keyring, { userId, field: 'refresh' }, token),
    refreshExpiresAt: after(now, seconds),
  };
}

function after(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1_000);
}

/**
 * By what right Kakao is asked about a user: the admin key if there is one, because it works for everybody; else the
 * person's own token. `null` without either.
 *
 * @throws KakaoError when a token had to be refreshed and could not
 */
export async function kakaoCredential(deps: LoginDeps, user: User): Promise<Credential | null> {
  if (deps.kakao.adminKey !== undefined) return byAdminKey(deps.kakao, user.kakaoId);
  const token = await kakaoAccessToken(deps, user.id);
  return token === null ? null : byAccessToken(token);
}
