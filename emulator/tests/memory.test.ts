import { describe, expect, it } from 'vitest';
import { mergeJson, writeJson } from '../src/json.ts';
import { isLoopback } from '../src/server/loopback.ts';
import { keep } from '../src/world/tokens.ts';

const HOUR = 60 * 60 * 1000;

describe('a bounded map', () => {
  it('forgets the oldest beyond its limit', () => {
    const map = new Map<string, { expiresAt: number }>();
    for (let i = 0; i < 1000; i += 1) keep(map, String(i), { expiresAt: 10 }, 3, 0);
    expect([...map.keys()]).toEqual(['997', '998', '999']);
  });

  it('forgets what expired more than an hour ago, but not what just expired', () => {
    const map = new Map<string, { expiresAt: number }>();
    keep(map, 'old', { expiresAt: 1 }, 10, 0);
    keep(map, 'recent', { expiresAt: HOUR }, 10, HOUR);
    expect([...map.keys()]).toEqual(['old', 'recent']);
    keep(map, 'new', { expiresAt: 9 * HOUR }, 10, HOUR + 2);
    expect([...map.keys()]).toEqual(['recent', 'new']);
  });
});

describe('JSON text', () => {
  it('has exact numbers for bigint, leaves undefined out, and escapes like JSON.stringify', () => {
    const value = { id: 9007199254740993n, gone: undefined, list: [1, 'a"\n\u2028', null, true], 'k"': {} };
    expect(writeJson(value)).toBe(
      `{"id":9007199254740993,"list":[1,${JSON.stringify('a"\n\u2028')},null,true],"k\\"":{}}`,
    );
  });

  it('merges without changing what it was given', () => {
    const before = { a: { b: 1, c: [1, 2] }, id: 5n };
    expect(mergeJson(before, { a: { c: null }, d: { e: 2 } })).toEqual({
      a: { b: 1, c: null },
      id: 5n,
      d: { e: 2 },
    });
    expect(before).toEqual({ a: { b: 1, c: [1, 2] }, id: 5n });
  });
});

describe('this machine', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', '[::1]', '::ffff:127.0.0.1', 'localhost', 'kakao.localhost'])(
    'is %s',
    (host) => expect(isLoopback(host)).toBe(true),
  );
  it.each(['0.0.0.0', '::', '192.168.0.4', '::ffff:10.0.0.1', 'localhost.evil.example', ''])(
    'is not %s',
    (host) => expect(isLoopback(host)).toBe(false),
  );
});
