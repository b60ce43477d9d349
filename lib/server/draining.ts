declare global {
  var kakaoLoginDraining: boolean | undefined;
}

/** From now on this process is not ready: it finishes what is under way and ends. */
export function beginDraining(): void {
  globalThis.kakaoLoginDraining = true;
}

/** Whether this process is about to end. */
export function isDraining(): boolean {
  return globalThis.kakaoLoginDraining === true;
}
