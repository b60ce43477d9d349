/** Something that stops being valid at a point in time (Unix milliseconds). */
export interface Expiring {
  readonly expiresAt: number;
}

/** How long an expired entry is still known, so that "expired" and "never existed" can be told apart. */
const GRACE_MS = 60 * 60 * 1000;

/**
 * Adds an entry and drops the oldest ones that have expired or exceed `limit`, so that memory stays flat.
 * Entries of one map are taken to live equally long, so that the oldest expires first.
 */
export function keep<T extends Expiring>(
  map: Map<string, T>,
  key: string,
  value: T,
  limit: number,
  now: number,
) {
  map.set(key, value);
  for (const [oldest, entry] of map) {
    if (map.size <= limit && entry.expiresAt + GRACE_MS > now) return;
    map.delete(oldest);
  }
}
