import type { World } from '../world/world.ts';
import { isLoopback } from './loopback.ts';
import type { KakaoRequest } from './request.ts';

/**
 * Whether a page of another origin has sent this request. Browsers say where every POST comes from; programs that are no
 * browsers do not, and need not be refused. An opaque origin (`null`) counts as another one.
 */
export function isFromOtherOrigin({ headers }: KakaoRequest): boolean {
  const { origin } = headers;
  return origin !== undefined && hostAndPort(origin) !== headers.host;
}

function hostAndPort(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

/** The `Host` of a request when it is not one of this emulator's names, as with DNS rebinding. */
export function foreignHost({ headers }: KakaoRequest, world: World): string | undefined {
  const host = nameOf(`http://${headers.host ?? ''}`);
  const isOurs = isLoopback(host) || host === nameOf(world.publicUrl) || world.beginning.allowRemote;
  return isOurs ? undefined : host;
}

function nameOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}
