import { createSession } from '../db/sessions';
import { findUserByKakaoId, type User, upsertUser } from '../db/users';
import type { KakaoUser } from '../kakao/user';
import { createSid, hashSid } from '../session/sid';
import { sessionLifetimeSeconds, signSessionToken } from '../session/token';
import type { Device, LoginDeps } from './deps';
import { LoginError } from './errors';

/** Somebody who has just signed in. `expiresAt` is the end of the session in Unix seconds. */
export interface SignedIn {
  readonly user: User;
  readonly isNewUser: boolean;
  readonly sid: string;
  readonly token: string;
  readonly expiresAt: number;
}

/**
 * The end of every login: the person Kakao described becomes or updates a user, a session starts, and
 * its token is signed. Two single-statement writes; the token exists only when both are on disk.
 *
 * @throws LoginError `blocked`
 */
export async function signIn(deps: LoginDeps, person: KakaoUser, device: Device): Promise<SignedIn> {
  const { id: kakaoId, ...profile } = person;
  refuseBlocked(await findUserByKakaoId(deps.db, kakaoId));
  const now = deps.now();
  const { user, isNew } = await upsertUser(deps.db, { kakaoId, ...profile }, now);
  refuseBlocked(user);
  const sid = createSid();
  const issuedAt = Math.floor(now.getTime() / 1_000);
  const expiresAt = issuedAt + sessionLifetimeSeconds;
  await createSession(deps.db, {
    id: hashSid(sid),
    userId: user.id,
    createdAt: now,
    expiresAt: new Date(expiresAt * 1_000),
    ...device,
  });
  const token = await signSessionToken(deps.keyring, { userId: user.id, sid, issuedAt, expiresAt });
  return { user, isNewUser: isNew, sid, token, expiresAt };
}

function refuseBlocked(user: User | null): void {
  if (user?.blockedAt) throw new LoginError('blocked');
}
