import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether an `Authorization` header is `KakaoAK <admin key>` with our own key, as Kakao's webhooks send it.
 * Takes the same time whatever is sent.
 */
export function isAdminAuthorization(adminKey: string, authorization: string | null): boolean {
  const sent = /^kakaoak +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? '';
  return timingSafeEqual(digest(sent), digest(adminKey));
}

/** Equal lengths, which `timingSafeEqual` needs, whatever was sent. */
function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
