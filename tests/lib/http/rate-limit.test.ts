import { describe, expect, it } from 'vitest';
import {
  assertPersonWithinRate,
  assertRateIsLeft,
  assertWithinRate,
  limitLogins,
  limitPerson,
  limitRate,
} from '@/lib/http/rate-limit';
import { stubEnvironment } from '../../support/env';

stubEnvironment();

const from = (address: string) => new Headers({ 'x-socket-address': address });

/** How many of this many requests pass. */
async function passing(
  count: number,
  action: 'login' | 'callback' | 'api',
  address: string,
): Promise<number> {
  let passed = 0;
  for (let i = 0; i < count; i += 1) if ((await limitRate(action, from(address))) === null) passed += 1;
  return passed;
}

describe('of one client in a minute', () => {
  it('60 requests pass, and never more than 1,500', async () => {
    expect(await passing(60, 'login', '192.0.2.1')).toBe(60);
    expect(60 + (await passing(2_000, 'login', '192.0.2.1'))).toBeLessThanOrEqual(1_500);
  });

  it('who must wait is told how long', async () => {
    await passing(2_000, 'api', '192.0.2.2');
    const wait = await limitRate('api', from('192.0.2.2'));
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(60);
  });

  it('an API says so in a problem', async () => {
    await passing(2_000, 'api', '192.0.2.5');
    await expect(assertWithinRate('api', from('192.0.2.5'))).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
    });
  });

  it('neither another action nor another client has to wait', async () => {
    await passing(2_000, 'callback', '192.0.2.3');
    expect(await limitRate('api', from('192.0.2.3'))).toBeNull();
    expect(await limitRate('callback', from('192.0.2.4'))).toBeNull();
  });

  it('a whole IPv6 network is one client', async () => {
    await passing(2_000, 'login', '2001:db8:1:2::1');
    expect(await limitRate('login', from('2001:db8:1:2:ffff::9'))).not.toBeNull();
    expect(await limitRate('login', from('2001:db8:1:3::1'))).toBeNull();
  });
});

describe('of what is counted only if it fails, such as security event tokens from one address', () => {
  it('600 may fail in a minute, and nothing is asked of the 601st', async () => {
    const headers = from('192.0.2.6');
    for (let i = 0; i < 600; i += 1) {
      await assertRateIsLeft('security_event', headers);
      await limitRate('security_event', headers);
    }
    await expect(assertRateIsLeft('security_event', headers)).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      headers: { 'retry-after': expect.stringMatching(/^([1-5]?\d|60)$/) },
    });
  });

  it('those that do not fail pass, however many there are at once', async () => {
    const headers = from('192.0.2.7');
    const waiting = Array.from({ length: 2_000 }, () => assertRateIsLeft('security_event', headers));
    await expect(Promise.all(waiting)).resolves.toHaveLength(2_000);
  });
});

describe('of one person', () => {
  it('5 exports pass in a minute, whatever addresses they come from', async () => {
    for (let i = 0; i < 5; i += 1) await assertPersonWithinRate('export', 'one');
    await expect(assertPersonWithinRate('export', 'one')).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
    });
    expect(await limitPerson('export', 'another')).toBeNull();
    expect(await limitPerson('consent', 'one')).toBeNull();
  });

  it('what they did is remembered, however many addresses there are', async () => {
    for (let i = 0; i < 5; i += 1) await assertPersonWithinRate('export', 'busy');
    for (let i = 0; i < 51_000; i += 1) {
      await limitRate('login', from(`10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`));
    }
    expect(await limitPerson('export', 'busy')).not.toBeNull();
  });
});

// The last: afterwards nobody's logins pass any more.
it('of everybody together, 60,000 logins pass in a minute and not more than 100,000, so that Kakao’s quota lasts', async () => {
  for (let i = 0; i < 60_000; i += 1) expect(await limitLogins()).toBeNull();
  let passed = 0;
  for (let i = 0; i < 40_000; i += 1) if ((await limitLogins()) === null) passed += 1;
  expect(passed).toBeLessThan(40_000);
  expect(await limitRate('login', from('172.17.0.1'))).toBeNull();
});
