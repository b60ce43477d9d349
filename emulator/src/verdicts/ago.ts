import type { Ending } from '../world/ending.ts';

/** A span of time in words: `3.2 s`, `12 min`, `5 h`, `40 days`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${Math.round(seconds * 10) / 10} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 120 * 60) return `${Math.round(seconds / 60)} min`;
  return seconds < 48 * 3600 ? `${Math.round(seconds / 3600)} h` : `${Math.round(seconds / 86_400)} days`;
}

/** When something ended, and by which request: `3.2 s ago by request #12`. */
export function ago({ at, request }: Ending, now: number): string {
  return `${span(now - at)} ago${request > 0 ? ` by request #${request}` : ''}`;
}
