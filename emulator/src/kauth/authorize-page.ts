import { pagePolicy, pageReply, type Reply } from '../server/reply.ts';
import type { AuthorizeRequest } from './authorize-request.ts';

/** A page whose forms may end at the redirect URI, whose scheme is `kakao{KEY}` for a native key. */
export function authorizePage(
  html: string,
  { key, redirectUri }: AuthorizeRequest,
  headers: Record<string, string> = {},
): Reply {
  if (key.type !== 'native') return pageReply(html, 200, headers);
  const policy = pagePolicy(new URL(redirectUri).protocol);
  return pageReply(html, 200, { 'Content-Security-Policy': policy, ...headers });
}
