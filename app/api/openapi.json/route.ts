import { openApiDocument } from '@/lib/http/openapi';
import { route } from '@/lib/http/route';
import { env } from '@/lib/server/env';
import { cookies } from '@/lib/session/cookie';

/** The description of this API for programs. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async () => {
    const { origin } = env();
    const description = openApiDocument({ origin, sessionCookie: cookies(origin).session.name });
    return Response.json(description, { headers: { 'cache-control': 'no-cache' } });
  },
});
