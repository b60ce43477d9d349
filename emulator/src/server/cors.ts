import { emptyReply, type Reply } from './reply.ts';
import type { KakaoRequest } from './request.ts';

const ANY_ORIGIN = { 'Access-Control-Allow-Origin': '*' };

/**
 * Whether scripts of other origins may read this path: the token endpoint and the user API, but never authorize and
 * logout, which are for navigation only.
 */
function isOpenToBrowsers(path: string): boolean {
  return path === '/oauth/token' || path.startsWith('/v1/') || path.startsWith('/v2/');
}

/** The answer with the CORS header where the path has one. */
export function withCors(path: string, reply: Reply): Reply {
  return isOpenToBrowsers(path) ? { ...reply, headers: { ...reply.headers, ...ANY_ORIGIN } } : reply;
}

/** The answer to a CORS preflight, if this is one that Kakao answers. */
export function preflight(request: KakaoRequest): Reply | undefined {
  if (request.method !== 'OPTIONS' || !isOpenToBrowsers(request.path)) return undefined;
  return emptyReply(204, {
    ...ANY_ORIGIN,
    'Access-Control-Allow-Methods': 'GET, POST, OPTIONS',
    'Access-Control-Allow-Headers': 'Authorization, Content-Type, KA',
    'Access-Control-Max-Age': '3600',
  });
}
