import type { KakaoRequest } from './request.ts';

/**
 * Whether a page of another origin has sent this request. Browsers say where every POST comes from; programs that are no
 * browsers do not, and need not be kept out. A page that hides its origin (`null`) counts as another one.
 */
export function isFromOtherOrigin({ headers }: KakaoRequest): boolean {
  const { origin } = headers;
  return origin !== undefined && hostAndPort(origin) !== headers.host;
}

function hostAndPort(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}
