import type { IncomingHttpHeaders } from 'node:http';
import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';

/**
 * The address of the client. `x-socket-address` is written by our own server over anything a client sent.
 * With `hops` proxies in front, the one that the outermost of them saw; never what a client claims.
 */
export function clientAddress(headers: Headers, hops: number): string {
  const socket = headers.get('x-socket-address') ?? 'unknown';
  if (hops === 0) return readAddress(socket) ?? socket;
  const chain = [...(headers.get('x-forwarded-for') ?? '').split(','), socket];
  return readAddress(chain[chain.length - 1 - hops] ?? '') ?? readAddress(socket) ?? socket;
}

/**
 * An address as proxies write it: with a port, in quotes or brackets as in `Forwarded` (RFC 7239 6), with a zone, an IPv4
 * one in IPv6 form. One spelling for each: IPv4, or IPv6 as in RFC 5952. `null` for anything else.
 */
function readAddress(text: string): string | null {
  const written = text.trim().replace(/^"(.*)"$/, '$1');
  const host = /^(?:\[([^\]]*)\]|([\d.]+))(?::\d{1,5})?$/.exec(written);
  const bare = (host?.[1] ?? host?.[2] ?? written).replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return null;
  const address = new URL(`http://[${bare}]`).hostname.slice(1, -1);
  const [, high, low] = /^::ffff:([\da-f]{1,4}):([\da-f]{1,4})$/.exec(address) ?? [];
  if (high === undefined || low === undefined) return address;
  return [high, low].flatMap((group) => [...Buffer.from(group.padStart(4, '0'), 'hex')]).join('.');
}

const privateNetworks = new BlockList();
for (const [network, bits] of [
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  privateNetworks.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['::1', 128],
  ['fc00::', 7],
  ['fe80::', 10],
] as const) {
  privateNetworks.addSubnet(network, bits, 'ipv6');
}

/** Whether a request that nobody should have forwarded was: by a proxy on this machine or in its network. */
export function isForwardedUnasked(
  { 'x-forwarded-for': forwarded, 'x-socket-address': socket }: IncomingHttpHeaders,
  hops: number,
): boolean {
  if (hops > 0 || forwarded === undefined) return false;
  const proxy = readAddress(String(socket)) ?? '';
  return isIP(proxy) !== 0 && privateNetworks.check(proxy, isIPv4(proxy) ? 'ipv4' : 'ipv6');
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
