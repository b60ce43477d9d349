import { recordHistory } from '../db/history';
import { type NewSignIn, recordSignIn, SignInRefused } from '../db/sign-in';
import type { User } from '../db/users';
import type { KakaoUser } from '../kakao/user';
import { createSid, hashSid, signSessionToken } from '../session/token';
import type { Device, LoginDeps } from './deps';
import { placeOf } from './device';
import { LoginError } from './errors';
import { idleSince } from './find-viewer';

/** Somebody who has just signed in. `expiresAt` is the end of the session in Unix seconds. */
export interface SignedIn {
  readonly user: User;
  readonly isNewUser: boolean;
  readonly sid: string;
  readonly token: string;
  readonly expiresAt: number;
}

/** Where and how somebody signs in, and the consent items that they were asked for and agreed to on the way. */
export interface SignInContext extends Pick<NewSignIn, 'startedAt' | 'isDeliberate'> {
  readonly device: Device;
  /** Whether the person saw this login. */
  readonly isInteractive: boolean;
  readonly consents?: readonly string[];
  /** Whether the person is as Kakao describes them now, and not as they are stored; yes if not said. */
  readonly isFetched?: boolean;
}

/**
 * The end of every login: the person Kakao described becomes or updates a user, a session starts, the login and new
 * consents are recorded in their history, and the token is signed. The token exists only when all of it is on disk.
 *
 * @throws LoginError `blocked`, `withdrawn`
 */
export async function signIn(
  deps: LoginDeps,
  person: KakaoUser,
  { device, consents = [], isFetched = true, isInteractive, startedAt, isDeliberate }: SignInContext,
): Promise<SignedIn> {
  const { id: kakaoId, ...profile } = person;
  const now = deps.now();
  const issuedAt = Math.floor(now.getTime() / 1_000);
  const expiresAt = issuedAt + deps.sessionLimits.maxSeconds;
  deps.recentConsents.delete(kakaoId);
  const sid = createSid();
  const place = placeOf(device, now);
  const times = { createdAt: now, expiresAt: new Date(expiresAt * 1_000) };
  const { user, isNew } = await record(deps, {
    profile: { kakaoId, ...profile },
    isFetched,
    refusalId: deps.refusalId(kakaoId),
    startedAt,
    isDeliberate,
    session: { id: hashSid(sid), ...times, ...device, interactive: isInteractive },
    place,
    seenAfter: idleSince(deps, now),
  });
  for (const item of consents) {
    const entry = { ...place, at: deps.now(), kind: 'consent_added', detail: item } as const;
    await recordHistory(deps.db, user.id, entry);
  }
  const token = signSessionToken(deps.keyring, { userId: user.id, sid, issuedAt, expiresAt });
  return { user, isNewUser: isNew, sid, token, expiresAt };
}

async function record({ db }: LoginDeps, login: NewSignIn): ReturnType<typeof recordSignIn> {
  try {
    return await recordSignIn(db, login);
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    throw new LoginError(error.reason === 'withdrawn' ? 'withdrawn' : 'blocked', error);
  }
}
