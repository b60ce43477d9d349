import type { OwnSession } from './login/sessions';

/** A session as the JSON API shows it. */
export function sessionJson({ id, createdAt, lastSeenAt, expiresAt, current, userAgent, ip }: OwnSession) {
  return {
    id,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    current,
    userAgent,
    ip,
  };
}
