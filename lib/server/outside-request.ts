import { AsyncLocalStorage } from 'node:async_hooks';

declare global {
  // Next loads the bundles of routes inside the first request for them; boot comes before all requests.
  var kakaoLoginOutsideRequest: (<T>(run: () => T) => T) | undefined;
}

globalThis.kakaoLoginOutsideRequest ??= AsyncLocalStorage.snapshot();

/**
 * Runs something outside of the request that asks for it. A timer, a promise or a socket keeps the asynchronous context
 * that it was made in as long as it lives, and Next keeps a request with its answer there (about 30 KB): what outlives
 * the request is made here.
 */
export const outsideRequest: <T>(run: () => T) => T = globalThis.kakaoLoginOutsideRequest;
