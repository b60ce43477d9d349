import { addressesAt, kakaoAddresses } from '../world/addresses.ts';
import type { World } from '../world/world.ts';
import type { KakaoRequest } from './request.ts';

type PathTest = (path: string) => boolean;

/** Kakao's own host names with the paths that each of them has. */
const servedBy: ReadonlyMap<string, PathTest> = new Map<string, PathTest>([
  ['kauth.kakao.com', (path) => /^\/(oauth|\.well-known|__emulator)\//.test(path)],
  ['kapi.kakao.com', (path) => /^\/v\d+\//.test(path)],
]);

/** Host names that may be mapped to the emulator, and so belong in its certificate. */
export const kakaoHosts: readonly string[] = [...servedBy.keys(), 'accounts.kakao.com'];

/** Whether the host in the request serves its path; hosts that are not Kakao's serve every path. */
export function hostServesPath({ headers, path }: KakaoRequest): boolean {
  return servedBy.get(hostName(headers.host))?.(path) ?? true;
}

/**
 * A world as the sender of this request sees it. Under Kakao's own host names all addresses are Kakao's; over TLS they
 * are those of the TLS port. A shallow copy: its collections may be changed, but it must not be reset.
 */
export function worldSeenBy({ headers, isEncrypted }: KakaoRequest, world: World): World {
  if (servedBy.has(hostName(headers.host))) return { ...world, ...kakaoAddresses };
  return isEncrypted && world.tlsUrl !== null ? { ...world, ...addressesAt(world.tlsUrl) } : world;
}

function hostName(host: string | undefined): string {
  return (host ?? '').replace(/:\d+$/, '').toLowerCase();
}
