import { describe, expect, it } from 'vitest';
import { describeError } from '@/lib/server/log';

const code = 'c'.repeat(86);
const token = 't'.repeat(64);

describe('what is logged of an error', () => {
  it('has nothing that looks like a token, a code or a key', () => {
    const error = new Error(`refused ${token} and ${code}, eyJhbGciOiJIUzI1NiJ9.e30.c2lnbmF0dXJl`);
    expect(describeError(error)).toBe('Error: refused [redacted] and [redacted], [redacted]');
  });

  it('has at most 300 characters', () => {
    expect(describeError(new Error('x '.repeat(1_000))).length).toBeLessThanOrEqual(300);
  });

  it('is nothing of what is no error', () => {
    expect(describeError(`thrown ${token}`)).toBe('not an error');
  });
});
