const maxId = 2n ** 63n - 1n;

/**
 * Reads a Kakao id: an integer 1…2^63−1 (a `bigint` of `parseExactJson`), or the same as a string of
 * decimal digits. `null` for anything else.
 */
export function readKakaoId(value: unknown): string | null {
  if (typeof value === 'string') return /^[1-9]\d{0,18}$/.test(value) ? readKakaoId(BigInt(value)) : null;
  return typeof value === 'bigint' && value >= 1n && value <= maxId ? value.toString() : null;
}
