/** `referrer_type` of the unlink webhook (developers.kakao.com/docs/ko/kakaologin/callback). */
export const referrerTypes = [
  'ACCOUNT_DELETE',
  'FORCED_ACCOUNT_DELETE',
  'UNLINK_FROM_APPS',
  'UNLINK_FROM_ADMIN',
  'INCOMPLETE_SIGN_UP',
] as const;
export type ReferrerType = (typeof referrerTypes)[number];

/** `reason` of the event `user-unlinked`: also the app's own unlink, which has no unlink webhook. */
export const unlinkReasons = [
  ...referrerTypes,
  'UNLINK_FROM_SERVICE',
  'REVOKE_ACCOUNT_SERVICE_TERMS',
] as const;
export type UnlinkReason = (typeof unlinkReasons)[number];

/** Whether the unlink webhook knows this reason. */
export function isReferrerType(reason: string): reason is ReferrerType {
  return referrerTypes.some((type) => type === reason);
}
