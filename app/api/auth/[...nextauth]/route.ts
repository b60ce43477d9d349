import { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { Problem } from '@/lib/http/problem';
import { assertSameOrigin, readBody } from '@/lib/http/request';
import { route } from '@/lib/http/route';
import { authOptions } from '@/lib/next/next-auth';
import { env } from '@/lib/server/env';
import { cookieName, cookiePolicy, parseCookies } from '@/lib/session/cookie';

type NextAuthHandler = (request: Request, context: { params: { nextauth: string[] } }) => Promise<Response>;

const actions = ['session', 'csrf', 'providers', 'signin', 'signout', 'error', '_log'];

/** next-auth's own endpoints, on our session: session, csrf, providers, signout. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = route(
  {
    GET: async (request) => answer(new NextRequest(request.url, { headers: ownCookies(request.headers) })),
    POST: async (request) => {
      assertSameOrigin(request.headers);
      const body = await readBody(request);
      return answer(
        new NextRequest(request.url, { method: 'POST', headers: ownCookies(request.headers), body }),
      );
    },
  },
  { head: false },
);

async function answer(request: NextRequest): Promise<Response> {
  const path = request.nextUrl.pathname.split('/').slice(3);
  const [action = ''] = path;
  if (path.length !== 1 || !actions.includes(action)) {
    throw new Problem('NOT_FOUND', 'Check the path: there is no such endpoint.');
  }
  const handler: NextAuthHandler = NextAuth(authOptions);
  const response = await handler(request, { params: { nextauth: path } });
  response.headers.set('cache-control', 'private, no-store');
  return action === 'signout' && request.method === 'POST' ? response : keepOurCookie(response);
}

/**
 * The headers with no cookies but ours and next-auth's: it chokes on strange names that begin like ours,
 * and would remove them. Its callback-url cookie is left out, since anything unreadable there is a crash.
 */
function ownCookies(from: Headers): Headers {
  const session = cookieName(cookiePolicy(env().origin), 'session');
  const kept = parseCookies(from.get('cookie')).filter(
    ([name]) => name === session || /^(__Host-|__Secure-)?next-auth\.csrf-token$/.test(name),
  );
  const headers = new Headers(from);
  headers.set('cookie', kept.map((pair) => pair.join('=')).join('; '));
  return headers;
}

/**
 * Only sign-out may touch the session cookie: next-auth sets it anew for 30 days whenever somebody looks,
 * and removes it when the database could not be asked.
 */
function keepOurCookie(response: Response): Response {
  const name = cookieName(cookiePolicy(env().origin), 'session');
  const cookies = response.headers.getSetCookie();
  response.headers.delete('set-cookie');
  for (const cookie of cookies) {
    if (!cookie.startsWith(name)) response.headers.append('set-cookie', cookie);
  }
  return response;
}
