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
  return random(6, 'hex');
}

function opaque(length: number): string {
  return PREFIX + random(length, 'base64url').slice(0, length - PREFIX.length);
}

let pool = Buffer.alloc(0);
let taken = 0;

/** So many random bytes, from a pool: asking the system for a few costs more than all else about a token. */
function random(bytes: number, encoding: 'hex' | 'base64url'): string {
  if (taken + bytes > pool.length) {
    pool = randomBytes(8192);
    taken = 0;
  }
  taken += bytes;
  return pool.toString(encoding, taken - bytes, taken);
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
