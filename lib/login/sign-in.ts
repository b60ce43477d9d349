import { recordHistory, recordLogin } from '../db/history';
import { createSession } from '../db/sessions';
import { findUserByKakaoId, isBlocked, type User, upsertUser } from '../db/users';
import type { KakaoUser } from '../kakao/user';
import { createSid, hashSid, sessionLifetimeSeconds, signSessionToken } from '../session/token';
import type { Device, LoginDeps } from './deps';
import { placeOf } from './device';
import { LoginError } from './errors';

/** Somebody who has just signed in. `expiresAt` is the end of the session in Unix seconds. */
export interface SignedIn {
  readonly user: User;
  readonly isNewUser: boolean;
  readonly sid: string;
  readonly token: string;
  readonly expiresAt: number;
}

/** Where somebody signs in, and the consent items that they were asked for and agreed to on the way. */
export interface SignInContext {
  readonly device: Device;
  readonly consents?: readonly string[];
}

/**
 * The end of every login: the person Kakao described becomes or updates a user, a session starts, the login and new
 * consents are recorded in their history, and the token is signed. The token exists only when all of it is on disk.
 *
 * @throws LoginError `blocked`
 */
export async function signIn(
  deps: LoginDeps,
  person: KakaoUser,
  { device, consents = [] }: SignInContext,
): Promise<SignedIn> {
  const { id: kakaoId, ...profile } = person;
  const known = await findUserByKakaoId(deps.db, kakaoId);
  refuseBlocked(known);
  const now = deps.now();
  const issuedAt = Math.floor(now.getTime() / 1_000);
  const expiresAt = issuedAt + sessionLifetimeSeconds;
  deps.recentConsents.delete(kakaoId);
  const sid = createSid();
  const place = placeOf(device, now);
  const upserting = upsertUser(deps.db, { kakaoId, ...profile }, now);
  const userId = known?.id ?? (await upserting).user.id;
  const session = {
    id: hashSid(sid),
    userId,
    createdAt: now,
    expiresAt: new Date(expiresAt * 1_000),
    ...device,
  };
  const [{ user, isNew }] = await Promise.all([
    upserting,
    createSession(deps.db, session),
    recordLogin(deps.db, userId, place),
  ]);
  refuseBlocked(user);
  for (const item of consents) {
    const entry = { ...place, at: deps.now(), kind: 'consent_added', detail: item } as const;
    await recordHistory(deps.db, userId, entry);
  }
  const token = await signSessionToken(deps.keyring, { userId, sid, issuedAt, expiresAt });
  return { user, isNewUser: isNew, sid, token, expiresAt };
}

function refuseBlocked(user: User | null): void {
  if (user && isBlocked(user)) throw new LoginError('blocked');
}
