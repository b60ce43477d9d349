/** The current time in Unix milliseconds. */
export type Clock = () => number;

/** How the time of one Kakao differs from its underlying clock. */
export interface Time {
  /** Added to the clock while it runs, milliseconds. */
  offset: number;
  /** The instant at which it stands still, Unix milliseconds, or `null` while it runs. */
  frozenAt: number | null;
}

/** A time that runs with the clock. */
export function runningTime(): Time {
  return { offset: 0, frozenAt: null };
}

/** The instant that this time has reached, Unix milliseconds. */
export function instant(time: Time, clock: Clock): number {
  return time.frozenAt ?? clock() + time.offset;
}

/** Moves to an instant (Unix milliseconds); a time that stands still stands there, one that runs goes on from there. */
export function moveTo(time: Time, at: number, clock: Clock): void {
  if (time.frozenAt === null) time.offset = at - clock();
  else time.frozenAt = at;
}

/** Stops the time where it is. */
export function freeze(time: Time, clock: Clock): void {
  time.frozenAt = instant(time, clock);
}

/** Lets the time run on from where it stands. */
export function thaw(time: Time, clock: Clock): void {
  const at = instant(time, clock);
  time.frozenAt = null;
  moveTo(time, at, clock);
}
