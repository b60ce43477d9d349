import { createHash } from 'node:crypto';
import type { App } from './apps.ts';
import type { User } from './users.ts';

/**
 * The id (회원번호) by which an app knows a person: decimal text of a 64-bit number, one for each person and app, also
 * across unlink and a new link. An app without ids of its own uses the ids of the control API; in all others they have 19
 * digits, as in Kakao's documentation (developers.kakao.com/docs/ko/kakaologin/common).
 */
export function serviceUserId(app: App, user: User): string {
  if (!app.ownUserIds) return user.id;
  const digest = createHash('sha256').update(`${app.appId}:${user.id}`).digest();
  return ((digest.readBigUInt64BE() >> 2n) | (1n << 62n)).toString();
}
