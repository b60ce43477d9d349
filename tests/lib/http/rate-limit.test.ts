import { describe, expect, it } from 'vitest';
import { assertWithinRate, limitRate } from '@/lib/http/rate-limit';
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
