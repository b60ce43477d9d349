/** @typedef {{ passed: number, failed: number, skipped: number, ran: boolean }} Tally `ran` false: no verdict to be had */

/** @type {Tally} */
export const PASSED = { passed: 1, failed: 0, skipped: 0, ran: true };
/** @type {Tally} */
export const FAILED = { passed: 0, failed: 1, skipped: 0, ran: true };
/** @type {Tally} a runner that crashed or could not start is a failure too */
export const COULD_NOT_RUN = { passed: 0, failed: 1, skipped: 0, ran: false };

/** @param {Tally[]} tallies */
export function sum(tallies) {
  const of = (key) => tallies.reduce((total, tally) => total + tally[key], 0);
  return { passed: of('passed'), failed: of('failed'), skipped: of('skipped') };
}

/** The last line of `npm test`. */
export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
