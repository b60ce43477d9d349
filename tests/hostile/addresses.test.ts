import { describe, onTestFinished } from 'vitest';
import { startStack } from '../stack/servers';
import { Visitor } from '../stack/visitor';
import { expect, test } from '../wire/support/test';

// One proxy is trusted by these servers: what it saw is the client, however it spells that.

const spellings: readonly [string, string][] = [
  ['203.0.113.9', '203.0.113.0/24'],
  ['203.0.113.9:40001', '203.0.113.0/24'],
  ['"203.0.113.9:40001"', '203.0.113.0/24'],
  ['10.1.1.1, 203.0.113.9:40001', '203.0.113.0/24'],
  ['127.0.0.1, 203.0.113.9', '203.0.113.0/24'],
  ['::ffff:203.0.113.9', '203.0.113.0/24'],
  ['[::ffff:203.0.113.9]:443', '203.0.113.0/24'],
  ['2001:db8:7::1', '2001:db8:7::/48'],
  ['[2001:db8:7::1]', '2001:db8:7::/48'],
  ['[2001:db8:7::1]:443', '2001:db8:7::/48'],
  ['"[2001:db8:7::1]:443"', '2001:db8:7::/48'],
  ['2001:DB8:7:0:0:0:0:1', '2001:db8:7::/48'],
];
const nonsense = [
  'unknown',
  '_hidden',
  '999.1.1.1',
  '1.2.3',
  'evil.example',

  '<script>',
];

describe('the network of a session', () => {
  for (const [forwarded, network] of spellings) {
    test(`by way of ${forwarded} is ${network}`, async ({ person, stack }) => {
      const visitor = new Visitor(stack, { 'x-forwarded-for': forwarded });
      await visitor.logIn(person.id);
      const [session] = JSON.parse((await visitor.send('/api/sessions')).text) as { ip: string }[];
      expect(session?.ip).toBe(network);
    });
  }

  for (const forwarded of nonsense) {
    test(`by way of ${forwarded} is that of the proxy`, async ({ person, stack }) => {
      const visitor = new Visitor(stack, { 'x-forwarded-for': forwarded });
      await visitor.logIn(person.id);
      const [session] = JSON.parse((await visitor.send('/api/sessions')).text) as { ip: string }[];
      expect(session?.ip).toMatch(/^(127\.0\.0\.0\/24|0:0:0::\/48|::\/48)$/);
    });
  }

  test('is not what a client says under another name', async ({ person, stack }) => {
    const lies = {
      'x-forwarded-for': '203.0.113.9',
      'x-socket-address': '198.51.100.1',
      'x-real-ip': '198.51.100.1',
      'cf-connecting-ip': '198.51.100.1',
      'true-client-ip': '198.51.100.1',
      forwarded: 'for=198.51.100.1',
    };
    const visitor = new Visitor(stack, lies);
    await visitor.logIn(person.id);
    expect((await visitor.send('/api/sessions')).text).toContain('203.0.113.0/24');
  });
});

test('a client beyond its limit locks out no other one behind the same proxy, ports or not', async () => {
  const { stack, stop, killApp } = await startStack();
  onTestFinished(async () => {
    await killApp();
    await stop();
  });
  const begin = (from: string) => new Visitor(stack, { 'x-forwarded-for': from }).post('/login/kakao');
  let refused = 0;
  const flood = async (port: number) => {
    for (let count = 0; count < 70 && refused === 0; count += 1) {
      const { location } = (await begin(`198.51.100.77:${port + count}`)).headers;
      if (location?.includes('too_many_requests')) refused += 1;
    }
  };
  await Promise.all(Array.from({ length: 25 }, (_, at) => flood(40_000 + at * 100)));
  expect(refused).toBeGreaterThan(0);
  for (const other of ['198.51.100.78:40001', '[2001:db8:9::1]:443', '192.0.2.55']) {
    expect((await begin(other)).headers.location, other).toContain('/oauth/authorize?');
  }
});
