import { isIP } from 'node:net';

/**
 * The address of the client. `x-socket-address` is written by our own server over anything a client sent.
 * With `hops` proxies in front, the one that the outermost of them saw; never what a client claims.
 */
export function clientAddress(headers: Headers, hops: number): string {
  const socket = headers.get('x-socket-address') ?? 'unknown';
  const forwarded = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  const chain = hops === 0 ? [socket] : [...forwarded, socket];
  const seen = chain[chain.length - 1 - hops] ?? '';
  return (isIP(seen) ? seen : socket).replace(/^::ffff:(?=\d+\.)/i, '');
}

/** What counts as one client: an IPv4 address, or the /64 of an IPv6 address. */
export function clientNetwork(address: string): string {
  return isIP(address) === 6 ? `${ipv6Groups(address).slice(0, 4).join(':')}::/64` : address;
}

/** What may be kept of an address: its /24 (IPv4) or /48 (IPv6). `null` for anything else. */
export function addressPrefix(address: string): string | null {
  const version = isIP(address);
  if (version === 0) return null;
  if (version === 4) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
  return `${ipv6Groups(address).slice(0, 3).join(':')}::/48`;
}

function ipv6Groups(address: string): string[] {
  const [head = '', tail = ''] = (address.split('%')[0] ?? '').toLowerCase().split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const gap = Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0');
  return [...left, ...gap, ...right].map((group) => group.replace(/^0+(?=.)/, ''));
}
