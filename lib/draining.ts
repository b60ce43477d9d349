const flag = Symbol.for('kakao-login.draining');

/** Whether scripts/serve.mjs has begun to shut this process down; it sets the flag on `globalThis`. */
export function isDraining(): boolean {
  return Reflect.get(globalThis, flag) === true;
}
