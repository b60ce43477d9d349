declare global {
  var kakaoLoginDraining: boolean | undefined;
  var kakaoLoginUnfinished: (() => Promise<void>) | undefined;
}

/** From now on this process is not ready: it finishes what is under way and ends. */
export function beginDraining(): void {
  globalThis.kakaoLoginDraining = true;
}

/** Whether this process is about to end. */
export function isDraining(): boolean {
  return globalThis.kakaoLoginDraining === true;
}

/** Says what the process has to wait for, once all is answered, before it ends. */
export function finishBeforeEnd(unfinished: () => Promise<void>): void {
  globalThis.kakaoLoginUnfinished = unfinished;
}

/** Resolves when nothing is left to do that was begun by an answer. */
export async function finishWork(): Promise<void> {
  await globalThis.kakaoLoginUnfinished?.();
}
