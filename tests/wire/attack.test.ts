import { describe } from 'vitest';
import { Visitor } from '../stack/visitor';
import { errorOf } from './support/page';
import { expect, test } from './support/test';

describe('codes and states that do not belong together', () => {
  test('the states of two own flows, swapped, sign nobody in', async ({ person, visitor }) => {
    const one = new URL(await visitor.agree(await visitor.begin(), person.id));
    const two = new URL(await visitor.agree(await visitor.begin(), person.id));
    const state = one.searchParams.get('state') ?? '';
    one.searchParams.set('state', two.searchParams.get('state') ?? '');
    two.searchParams.set('state', state);
    for (const callback of [one, two]) {
      expect(errorOf(await visitor.send(callback.href))).toBe('kakao_rejected');
    }
    expect(await visitor.whoAmI()).toBeNull();
  });

  test('the code of an attacker in the flow of a victim signs nobody in', async ({
    person,
    stranger,
    visitor,
    stack,
    database,
  }) => {
    const attacker = new Visitor(stack);
    const stolen = new URL(await attacker.agree(await attacker.begin(), stranger.id));
    const callback = new URL(await visitor.agree(await visitor.begin(), person.id));
    callback.searchParams.set('code', stolen.searchParams.get('code') ?? '');
    expect(errorOf(await visitor.send(callback.href))).toBe('kakao_rejected');
    expect(await visitor.whoAmI()).toBeNull();
    expect(database.users(stranger.id)).toEqual([]);
  });

  test('the code of a victim in the flow of an attacker signs nobody in', async ({
    person,
    visitor,
    stack,
  }) => {
    const attacker = new Visitor(stack);
    const { state } = await attacker.begin();
    const callback = new URL(await visitor.agree(await visitor.begin(), person.id));
    callback.searchParams.set('state', state);
    expect(errorOf(await attacker.send(callback.href))).toBe('kakao_rejected');
    expect(await attacker.whoAmI()).toBeNull();
  });

  for (const [what, spoil] of [
    ['without a state', (query: URLSearchParams) => query.delete('state')],
    ['with an empty state', (query: URLSearchParams) => query.set('state', '')],
    ['with two states', (query: URLSearchParams) => query.append('state', 'another')],
    ['without a code', (query: URLSearchParams) => query.delete('code')],
    ['with two codes', (query: URLSearchParams) => query.append('code', 'another')],
  ] as const) {
    test(`a callback ${what} is expired, and Kakao is not asked`, async ({ kakao, person, visitor }) => {
      const callback = new URL(await visitor.agree(await visitor.begin(), person.id));
      spoil(callback.searchParams);
      expect(errorOf(await visitor.send(callback.href))).toBe('expired');
      expect(await kakao.exchanges()).toBe(0);
    });
  }
});

describe('a replay', () => {
  test('of a whole login after logging out, flow cookie included, signs nobody in', async ({
    kakao,
    person,
    visitor,
  }) => {
    const callback = await visitor.agree(await visitor.begin(), person.id);
    const saved = new Map(visitor.cookies);
    await visitor.send(callback);
    await visitor.post('/logout');
    for (const [name, value] of saved) visitor.cookies.set(name, value);
    await visitor.send(callback);
    expect(await visitor.whoAmI()).toBeNull();
    expect(await kakao.exchanges()).toBe(1);
  });

  test('of a callback whose exchange failed fails again without another exchange', async ({
    kakao,
    person,
    visitor,
  }) => {
    await kakao.fault('/oauth/token', { status: 500, body: 'down' });
    const callback = await visitor.agree(await visitor.begin(), person.id);
    const saved = new Map(visitor.cookies);
    expect(errorOf(await visitor.send(callback))).toBe('kakao_unavailable');
    for (const [name, value] of saved) visitor.cookies.set(name, value);
    await visitor.send(callback);
    expect(await visitor.whoAmI()).toBeNull();
    expect(await kakao.exchanges()).toBe(1);
  });
});

describe('a flow cookie', () => {
  const spoilt: readonly [string, (value: string) => string][] = [
    ['with one character changed', (value) => flip(value, value.length - 30)],
    ['with its header changed', (value) => flip(value, 10)],
    ['cut short', (value) => value.slice(0, -5)],
    ['that is empty', () => ''],
  ];
  for (const [what, spoil] of spoilt) {
    test(`${what} is expired, and Kakao is not asked`, async ({ kakao, person, visitor }) => {
      const callback = await visitor.agree(await visitor.begin(), person.id);
      const name = visitor.flowCookieName;
      visitor.cookies.set(name, spoil(visitor.cookies.get(name) ?? ''));
      expect(errorOf(await visitor.send(callback))).toBe('expired');
      expect(await kakao.exchanges()).toBe(0);
    });
  }

  test('of another flow under the name of this one is expired', async ({ kakao, person, visitor, stack }) => {
    const attacker = new Visitor(stack);
    await attacker.begin();
    const callback = await visitor.agree(await visitor.begin(), person.id);
    visitor.cookies.set(visitor.flowCookieName, attacker.cookies.get(attacker.flowCookieName) ?? '');
    expect(errorOf(await visitor.send(callback))).toBe('expired');
    expect(await kakao.exchanges()).toBe(0);
  });

  test('is gone after every outcome, and says nothing in plain', async ({ person, visitor, stack }) => {
    const flow = await visitor.begin({ returnTo: '/?secret=place' });
    const value = visitor.cookies.get(visitor.flowCookieName) ?? '';
    const parts = value.split('.').map((part) => Buffer.from(part, 'base64url').toString('latin1'));
    expect(parts.join('\n')).not.toContain('secret=place');
    expect(parts.join('\n')).not.toContain(flow.state);
    await visitor.send(await visitor.agree(flow, person.id));
    const kept = [`session-${stack.port}`, `recent-${stack.port}`];
    expect([...visitor.cookies.keys()]).toEqual(kept);
    const second = await visitor.begin();
    await visitor.send(`/login/callback?error=access_denied&state=${second.state}`);
    expect([...visitor.cookies.keys()]).toEqual(kept);
  });
});

test('no page can be put into a frame', async ({ visitor, person }) => {
  await visitor.logIn(person.id);
  for (const path of ['/', '/login', '/account']) {
    const answer = await visitor.send(path);
    expect(answer.headers['content-security-policy'], path).toContain("frame-ancestors 'none'");
    expect(answer.headers['x-frame-options'], path).toBe('DENY');
  }
});

function flip(value: string, at: number): string {
  const other = value[at] === 'A' ? 'B' : 'A';
  return value.slice(0, at) + other + value.slice(at + 1);
}
