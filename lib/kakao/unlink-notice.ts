import { parseExactJson } from './api';
import { readKakaoId } from './user';

/** Kakao has unlinked somebody from an app. Ids are decimal strings. */
export interface UnlinkNotice {
  readonly appId: string;
  readonly kakaoId: string;
  /** Why, such as `UNLINK_FROM_APPS`; others than the documented ones are accepted. */
  readonly referrerType: string;
}

/** The names and values of a notice, in the order they came, repetitions too. */
export type NoticeFields = readonly (readonly [name: string, value: unknown])[];

/**
 * The fields of a posted notice: a form or a JSON object. `null` when the body is neither; an unreadable JSON
 * has no fields.
 */
export function noticeFields(contentType: string | null, body: string): NoticeFields | null {
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return [...new URLSearchParams(body)];
  if (type !== 'application/json') return null;
  try {
    const value = parseExactJson(body);
    return typeof value === 'object' && value !== null ? Object.entries(value) : [];
  } catch {
    return [];
  }
}

/** A notice whose `field` is missing, repeated or invalid. */
export class InvalidNotice extends Error {
  override readonly name = 'InvalidNotice';
  readonly field: string;

  constructor(field: string) {
    super(`${field} is missing, repeated or invalid`);
    this.field = field;
  }
}

/**
 * Reads an unlink notice (Kakao Login, webhook, "Unlink webhook"): `app_id`, `user_id` and `referrer_type`, each
 * exactly once. Unknown fields, such as `group_user_token`, are ignored.
 *
 * @throws InvalidNotice
 */
export function readUnlinkNotice(fields: NoticeFields): UnlinkNotice {
  const appId = readKakaoId(only(fields, 'app_id'));
  if (appId === null) throw new InvalidNotice('app_id');
  const kakaoId = readKakaoId(only(fields, 'user_id'));
  if (kakaoId === null) throw new InvalidNotice('user_id');
  const referrerType = only(fields, 'referrer_type');
  if (typeof referrerType !== 'string' || !/^\w{1,64}$/.test(referrerType)) {
    throw new InvalidNotice('referrer_type');
  }
  return { appId, kakaoId, referrerType };
}

function only(fields: NoticeFields, wanted: string): unknown {
  const [first, ...others] = fields.filter(([name]) => name === wanted);
  return others.length > 0 ? undefined : first?.[1];
}
