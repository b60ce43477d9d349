import { randomBytes } from 'node:crypto';

const PREFIX = 'emu_';
const TOKEN_LENGTH = 64;
const CODE_LENGTH = 86;

/**
 * An access or refresh token: 64 URL-safe characters that start with `emu_`, so that nobody takes it for a real one.
 * Opaque, as Kakao's are.
 */
export function newToken(): string {
  return opaque(TOKEN_LENGTH);
}

/** An authorization code: 86 URL-safe characters that start with `emu_`. */
export function newCode(): string {
  return opaque(CODE_LENGTH);
}

/** A short random identifier for things that are not secret, such as faults and log entries. */
export function newId(): string {
  return randomBytes(6).toString('hex');
}

function opaque(length: number): string {
  const random = randomBytes(length - PREFIX.length).toString('base64url');
  return PREFIX + random.slice(0, length - PREFIX.length);
}

/** Numbers from 0 to below 1 that depend on the seed alone (Mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
