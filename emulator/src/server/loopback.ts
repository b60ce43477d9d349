import { BlockList, isIPv4, isIPv6 } from 'node:net';

const loopback = new BlockList();
loopback.addAddress('::1', 'ipv6');

/** Whether this address or host name is a loopback one. */
export function isLoopback(host: string): boolean {
  const address = host.replace(/^\[|\]$/g, '').replace(/^::ffff:/, '');
  if (address === 'localhost' || address.endsWith('.localhost')) return true;
  // The list knows other spellings of `::1`, and is slow to ask.
  if (address === '::1') return true;
  if (isIPv4(address)) return address.startsWith('127.');
  return isIPv6(address) && loopback.check(address, 'ipv6');
}
