import { describe, expect, it } from 'vitest';
import { addressPrefix, clientAddress, clientNetwork } from '@/lib/http/client-address';

const socket = '198.51.100.9';
const address = (forwarded: string | null, hops: number, from = socket) =>
  clientAddress(
    new Headers({
      'x-socket-address': from,
      ...(forwarded === null ? {} : { 'x-forwarded-for': forwarded }),
    }),
    hops,
  );

describe('the address a client claims is not believed', () => {
  it('without a proxy in front', () => {
    expect(address('1.1.1.1', 0)).toBe(socket);
    expect(address('1.1.1.1, 2.2.2.2', 0)).toBe(socket);
  });

  it('beyond the proxies that are there', () => {
    expect(address('1.1.1.1, 203.0.113.5', 1)).toBe('203.0.113.5');
    expect(address('1.1.1.1, 203.0.113.5, 10.0.0.1', 2)).toBe('203.0.113.5');
  });

  it('when the proxy wrote something that is no address', () => {
    expect(address('1.1.1.1, unknown', 1)).toBe(socket);
    expect(address('1.1.1.1, _hidden, 10.0.0.1', 2)).toBe(socket);
    expect(address('1.1.1.1, 203.0.113.5:4711', 1)).toBe(socket);
  });

  it('when it is no address', () => {
    expect(address('<script>', 1)).toBe(socket);
    expect(address('', 1)).toBe(socket);
    expect(address(',,,', 1)).toBe(socket);
  });

  it('and without any address there is still an answer', () => {
    expect(clientAddress(new Headers(), 0)).toBe('unknown');
    expect(clientAddress(new Headers(), 3)).toBe('unknown');
  });
});

describe('the address of a client', () => {
  it('is the one that the outermost of our proxies saw', () => {
    expect(address('203.0.113.5', 1)).toBe('203.0.113.5');
    expect(address('203.0.113.5, 10.0.0.1', 2)).toBe('203.0.113.5');
    expect(address('2001:db8::1', 1)).toBe('2001:db8::1');
  });

  it('is that of the socket when the proxy was passed by', () => {
    expect(address(null, 1)).toBe(socket);
  });

  it('is IPv4 also when a socket of both kinds writes it as IPv6', () => {
    expect(address(null, 0, '::ffff:192.0.2.1')).toBe('192.0.2.1');
    expect(address('::FFFF:192.0.2.1', 1)).toBe('192.0.2.1');
  });
});

it.each([
  ['192.0.2.1', '192.0.2.1'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::1', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2:ffff::', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['unknown', 'unknown'],
])('%s counts as the client %s', (one, network) => {
  expect(clientNetwork(one)).toBe(network);
});

it.each([
  ['192.0.2.77', '192.0.2.0/24'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
  ['::1', '0:0:0::/48'],
  ['unknown', null],
  ['', null],
  ['192.0.2', null],
])('of %s is kept %s', (one, kept) => {
  expect(addressPrefix(one)).toBe(kept);
});
