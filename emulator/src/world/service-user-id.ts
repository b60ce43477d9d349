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
  return ((digest('id', app, user).readBigUInt64BE() >> 2n) | (1n << 62n)).toString();
}

/** The id by which friends are named in the Kakao Talk APIs (`for_partner.uuid`): opaque, one for each person and app. */
export function friendUuid(app: App, user: User): string {
  return digest('uuid', app, user).toString('base64url').slice(0, 28);
}

function digest(purpose: string, app: App, user: User): Buffer {
  return createHash('sha256').update(`${purpose}:${app.appId}:${user.id}`).digest();
}
