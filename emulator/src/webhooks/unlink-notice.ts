import { primaryAdminKey } from '../world/app-keys.ts';
import type { App } from '../world/apps.ts';
import { newId } from '../world/random.ts';
import type { Delivery } from '../world/webhook-log.ts';

/** What can be wrong with an unlink webhook on purpose. */
export const unlinkFlaws = [
  'wrong-admin-key',
  'no-authorization',
  'wrong-app-id',
  'missing-user-id',
  'repeated-user-id',
  'unknown-referrer-type',
] as const;
export type UnlinkFlaw = (typeof unlinkFlaws)[number];

export interface UnlinkNotice {
  readonly app: App;
  readonly userId: string;
  /** A `referrer_type`. */
  readonly reason: string;
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly flaw?: UnlinkFlaw | undefined;
}

/** The unlink webhook (developers.kakao.com/docs/ko/kakaologin/callback): a form by POST, or the same by GET. */
export function makeUnlinkNotice({ app, userId, reason, url, method, flaw }: UnlinkNotice): Delivery {
  const fields = alteredFields({ app_id: String(app.appId), user_id: userId, referrer_type: reason }, flaw);
  const isPost = method === 'POST';
  const authorization = authorizationOf(app, flaw);
  return {
    id: newId(),
    appId: app.appId,
    kind: 'unlink',
    event: 'user-unlinked',
    reason,
    userId,
    jti: null,
    flaw: flaw ?? null,
    url: isPost ? url : withQuery(url, fields),
    method,
    headers: {
      ...(authorization === null ? {} : { Authorization: authorization }),
      ...(isPost ? { 'Content-Type': 'application/x-www-form-urlencoded;charset=utf-8' } : {}),
    },
    body: isPost ? String(fields) : null,
  };
}

function authorizationOf(app: App, flaw: UnlinkFlaw | undefined): string | null {
  if (flaw === 'no-authorization') return null;
  return `KakaoAK ${flaw === 'wrong-admin-key' ? 'f'.repeat(32) : primaryAdminKey(app)}`;
}

function alteredFields(fields: Record<string, string>, flaw: UnlinkFlaw | undefined): URLSearchParams {
  const sent = new URLSearchParams(fields);
  if (flaw === 'wrong-app-id') sent.set('app_id', '9999999');
  if (flaw === 'missing-user-id') sent.delete('user_id');
  if (flaw === 'repeated-user-id') sent.append('user_id', '3999999999');
  if (flaw === 'unknown-referrer-type') sent.set('referrer_type', 'SOMETHING_NEW');
  return sent;
}

function withQuery(url: string, fields: URLSearchParams): string {
  const target = new URL(url);
  for (const [name, value] of fields) target.searchParams.append(name, value);
  return String(target);
}
