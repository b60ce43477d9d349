import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';

// Who a host belongs to, by its name or address alone: no name is looked up. All take the address of a page or an origin.

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

/**
 * Whether a page was opened by another name of the machine that our origin names too, such as 127.0.0.1 for localhost. To a
 * browser these are different sites.
 */
export function isOtherNameOf(origin: string, opened: string): boolean {
  if (!isLoopback(origin) || !isLoopback(opened)) return false;
  const [ours, theirs] = [new URL(origin), new URL(opened)];
  return ours.port === theirs.port && ours.hostname !== theirs.hostname;
}

/** A name that nobody on the internet can own: loopback, `kakao`, `*.local`, `*.internal`. */
export function isLocalName(url: string): boolean {
  const host = hostOf(url);
  return isLoopback(url) || localSuffix.test(host) || (isIP(host) === 0 && /^[^.]+$/.test(host));
}

/**
 * An address that only the network around this machine reaches: of a private network (RFC 1918, 6598, 4193), of one cable
 * (RFC 3927, 4291), or one of this machine's own, whatever its kind.
 */
function isPrivateAddress(url: string): boolean {
  const host = hostOf(url);
  const family = isIP(host);
  if (family === 0) return false;
  const own = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
  return (
    privateNetworks.check(host, family === 6 ? 'ipv6' : 'ipv4') || own.some(({ address }) => address === host)
  );
}

/** `0.0.0.0` or `[::]`: a server listens there, and nobody can open it. */
export function isUnspecifiedAddress(url: string): boolean {
  return ['0.0.0.0', '::'].includes(hostOf(url));
}

/** Kakao's own: https on `*.kakao.com`. */
export function isKakao(url: string): boolean {
  return /^https:/i.test(url) && hostOf(url).endsWith('.kakao.com');
}

/** Why Kakao cannot be at this address, as the end of a sentence; `null` when it can. */
export function kakaoHostProblem(
  url: string,
  { isProduction, allowsLocal }: { readonly isProduction: boolean; readonly allowsLocal: boolean },
): string | null {
  if (isKakao(url)) return null;
  if (isLocalName(url)) {
    const isAllowed = !isProduction || allowsLocal;
    return isAllowed ? null : 'is a local Kakao: production needs ALLOW_LOCAL_KAKAO=1 for that';
  }
  if (!isProduction && isPrivateAddress(url)) return null;
  return 'must be https on a host of kakao.com, or a local Kakao';
}
