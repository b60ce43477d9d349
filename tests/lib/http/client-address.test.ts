import { isIP } from 'node:net';
import { describe, expect, it } from 'vitest';
import { addressPrefix, clientAddress, clientNetwork, isForwardedUnasked } from '@/lib/http/client-address';

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
    for (const odd of [
      '203.0.113.5:',
      '203.0.113.5:4711:1',
      '203.0.113.5:470000',
      '[203.0.113.5',
      '2001:db8::1]',
    ])
      expect(address(`1.1.1.1, ${odd}`, 1), odd).toBe(socket);
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

  it.each([
    ['203.0.113.9:40001', '203.0.113.9'],
    ['"203.0.113.9:40001"', '203.0.113.9'],
    ['"203.0.113.9"', '203.0.113.9'],
    ['[203.0.113.9]:443', '203.0.113.9'],
    ['  203.0.113.9  ', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['::ffff:0a00:0001', '10.0.0.1'],
    ['0:0:0:0:0:FFFF:203.0.113.9', '203.0.113.9'],
    ['[::ffff:203.0.113.9]:443', '203.0.113.9'],
    ['[2001:db8:7::1]:443', '2001:db8:7::1'],
    ['"[2001:db8:7::1]:443"', '2001:db8:7::1'],
    ['[2001:db8:7::1]', '2001:db8:7::1'],
    ['2001:DB8:0007:0:0:0:0:1', '2001:db8:7::1'],
    ['2001:db8:7::1%eth0', '2001:db8:7::1'],
    ['[fe80::1%25eth0]:443', 'fe80::1'],
  ])('is the same however the proxy writes it: %s', (written, one) => {
    expect(address(`1.1.1.1,${written}`, 1)).toBe(one);
    expect(address(`${written}, 10.0.0.1:80`, 2)).toBe(one);
  });

  it('is read from anything without failing', () => {
    const pieces = ['"', '[', ']', ':', '%', '.', '::ffff:', '1', 'f', '203.0.113.9', ' ', '\t', 'é'];
    for (let turn = 0; turn < 5_000; turn += 1) {
      const made = Array.from(
        { length: 1 + (turn % 7) },
        (_, at) => pieces[(turn * 7 + at * at * 5) % pieces.length],
      );
      const seen = address(`1.1.1.1, ${made.join('')}`, 1);
      expect(isIP(seen) !== 0, made.join('')).toBe(true);
    }
  });
});

describe('a proxy that nobody has told of', () => {
  const unasked = (from: string, hops = 0, forwarded: string | undefined = '1.1.1.1') =>
    isForwardedUnasked({ 'x-socket-address': from, 'x-forwarded-for': forwarded }, hops);

  it.each([
    '127.0.0.1',
    '::1',
    '10.1.2.3',
    '172.31.0.9',
    '192.168.1.1',
    '::ffff:10.0.0.1',
    'fd00::1',
    'fe80::1%eth0',
  ])('is suspected at %s', (from) => {
    expect(unasked(from)).toBe(true);
    expect(unasked(from, 1)).toBe(false);
  });

  it('is not suspected where a client may have made the header up, or there is none', () => {
    for (const from of ['203.0.113.9', '172.32.0.1', '2001:db8::1', 'unknown', ''])
      expect(unasked(from)).toBe(false);
    expect(isForwardedUnasked({ 'x-socket-address': '127.0.0.1' }, 0)).toBe(false);
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
