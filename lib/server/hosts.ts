import { BlockList, isIP } from 'node:net';

// Who a host name belongs to, by its name alone: nothing is looked up. All take the address of a page or an origin.

/** Names that only a machine's own network gives out: mDNS, containers, cloud networks. */
const localSuffix = /\.(localhost|local|internal)$/;

const privateNetworks = new BlockList();
privateNetworks.addSubnet('10.0.0.0', 8);
privateNetworks.addSubnet('172.16.0.0', 12);
privateNetworks.addSubnet('192.168.0.0', 16);
privateNetworks.addSubnet('169.254.0.0', 16);
privateNetworks.addSubnet('100.64.0.0', 10);
privateNetworks.addSubnet('fc00::', 7, 'ipv6');
privateNetworks.addSubnet('fe80::', 10, 'ipv6');

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : '';
}

/** This machine itself: `localhost`, `*.localhost`, 127.0.0.0/8, `[::1]`. */
export function isLoopback(url: string): boolean {
  const host = hostOf(url);
  return (
    host === 'localhost' || host.endsWith('.localhost') || /^127(\.\d{1,3}){3}$/.test(host) || host === '::1'
  );
}

/** A name that nobody on the internet can own: loopback, `kakao`, `*.local`, `*.internal`. */
export function isLocalName(url: string): boolean {
  const host = hostOf(url);
  return isLoopback(url) || localSuffix.test(host) || (isIP(host) === 0 && /^[^.]+$/.test(host));
}

/** An address of a private network (RFC 1918, 6598, 4193) or of one cable (RFC 3927, 4291). */
export function isPrivateAddress(url: string): boolean {
  const host = hostOf(url);
  const family = isIP(host);
  return family !== 0 && privateNetworks.check(host, family === 6 ? 'ipv6' : 'ipv4');
}

/** `0.0.0.0` or `[::]`: a server listens there, and nobody can open it. */
export function isUnspecifiedAddress(url: string): boolean {
  return ['0.0.0.0', '::'].includes(hostOf(url));
}

/** Kakao's own: https on `*.kakao.com`. */
export function isKakao(url: string): boolean {
  return /^https:/i.test(url) && hostOf(url).endsWith('.kakao.com');
}
