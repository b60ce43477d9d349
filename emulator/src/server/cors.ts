import { emptyReply, type Reply } from './reply.ts';
import type { KakaoRequest } from './request.ts';

const ANY_ORIGIN = { 'Access-Control-Allow-Origin': '*' };

/** APIs for the admin key only, which no browser may have. */
const forServers = ['/v1/user/ids', '/v2/app/users'];

/**
 * Whether scripts of other origins may read this path: the token endpoint and the user API, but never authorize and
 * logout, which are for navigation only, nor what is for servers.
 */
function isOpenToBrowsers(path: string): boolean {
  if (forServers.includes(path)) return false;
  return path === '/oauth/token' || path.startsWith('/v1/') || path.startsWith('/v2/');
}

/** The answer with the CORS header where the path has one, unless an admin key was sent. */
export function withCors({ path, headers }: KakaoRequest, reply: Reply): Reply {
  const isOpen = isOpenToBrowsers(path) && !headers.authorization?.startsWith('KakaoAK ');
  return isOpen ? { ...reply, headers: { ...reply.headers, ...ANY_ORIGIN } } : reply;
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
