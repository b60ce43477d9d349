import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Lets pages of these origins call `/api/*` with a token in `Authorization` (CORS, Fetch 3.2), errors and refusals included.
 * Never with cookies: `Access-Control-Allow-Credentials` is not sent. Without origins nothing is added to any answer.
 */
export function allowOrigins(
  { method, url = '', headers: { origin } }: IncomingMessage,
  response: ServerResponse,
  allowed: ReadonlySet<string>,
): void {
  if (allowed.size === 0 || !url.startsWith('/api/')) return;
  response.setHeader('vary', 'Origin');
  if (origin === undefined || !allowed.has(origin)) return;
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', 'x-request-id, retry-after');
  if (method !== 'OPTIONS') return;
  response.setHeader('access-control-allow-methods', 'GET, HEAD, POST, PUT, PATCH, DELETE');
  response.setHeader('access-control-allow-headers', 'authorization, content-type');
  response.setHeader('access-control-max-age', '600');
}
