/** RFC 3339 in UTC without fractions, as Kakao writes times. */
export function isoSeconds(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
}
