import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { env } from '@/lib/env';
import { authOptions } from '@/lib/next-auth';
import { assertSameOrigin, readBody } from '@/lib/request';
import { route } from '@/lib/route';
import { cookieName, cookieScope } from '@/lib/session/cookie';

type NextAuthHandler = (request: Request, context: { params: { nextauth: string[] } }) => Promise<Response>;

/** next-auth's own endpoints, on our session: session, csrf, providers, signout. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route({
  GET: async (request) => keepOurCookie(await answer(request)),
  POST: async (request) => {
    assertSameOrigin(request.headers);
    const body = await readBody(request);
    const { url, headers } = request;
    return answer(new NextRequest(url, { method: 'POST', headers, body }));
  },
});

async function answer(request: Request): Promise<Response> {
  const path = new URL(request.url).pathname.split('/').slice(3);
  const handler: NextAuthHandler = NextAuth(authOptions);
  const response = await handler(request, { params: { nextauth: path } });
  response.headers.set('cache-control', 'private, no-store');
  return response;
}

/**
 * Reading the session must not make the cookie outlive its token: next-auth sets it anew for 30 days
 * whenever somebody looks. Removing a cookie that no longer holds is fine.
 */
function keepOurCookie(response: Response): Response {
  const name = cookieName(cookieScope(env().origin), 'session');
  const cookies = response.headers.getSetCookie();
  response.headers.delete('set-cookie');
  for (const cookie of cookies) {
    if (!cookie.startsWith(`${name}=ey`)) response.headers.append('set-cookie', cookie);
  }
  return response;
}
