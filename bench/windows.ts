/** How long to measure: so many windows, fewer when the time is over before. */
export interface Rounds {
  readonly rounds: number;
  /** No round begins after this, ms since the process began (`performance.now()`). */
  readonly until: number;
}

/**
 * Measures each subject in turn, round after round, so that a slow moment of the machine meets all of them; one round
 * at least.
 */
export async function alternate<Subject, Window>(
  subjects: readonly Subject[],
  { rounds, until }: Rounds,
  measure: (subject: Subject) => Promise<Window>,
): Promise<Map<Subject, Window[]>> {
  const windows = new Map<Subject, Window[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < rounds && (round === 0 || performance.now() < until); round += 1) {
    for (const [subject, found] of windows) found.push(await measure(subject));
  }
  return windows;
}

/** The median of each figure; failures of all windows count. */
export function medians<Window extends { readonly failed: number }>(windows: readonly Window[]): Window {
  const [first] = windows;
  if (!first) throw new RangeError('nothing was measured');
  const names = Object.keys(first) as (keyof Window)[];
  const figures = names.map((name) => [name, median(windows.map((window) => Number(window[name])))]);
  const failed = windows.reduce((sum, window) => sum + window.failed, 0);
  return { ...Object.fromEntries(figures), failed } as Window;
}

/** The middle value. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Does something so many times, with everybody of `workers` at once. */
export async function share<Worker>(
  workers: readonly Worker[],
  times: number,
  one: (worker: Worker) => Promise<void>,
): Promise<void> {
  let left = times;
  const work = async (worker: Worker): Promise<void> => {
    while (left-- > 0) await one(worker);
  };
  await Promise.all(workers.map(work));
}
