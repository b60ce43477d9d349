import type { User } from './db/users';

/** A user as the JSON API shows them. */
export function userJson(user: User) {
  const { id, kakaoId, nickname, profileImageUrl, email } = user;
  const createdAt = user.createdAt.toISOString();
  return {
    id,
    kakaoId,
    nickname,
    profileImageUrl,
    email,
    createdAt,
    lastLoginAt: user.lastLoginAt.toISOString(),
  };
}
