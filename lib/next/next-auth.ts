import { headers } from 'next/headers';
import { NextRequest } from 'next/server';
import NextAuth, { type NextAuthOptions } from 'next-auth';
import type { JWT } from 'next-auth/jwt';
import { Problem } from '../http/problem';
import { deviceOf } from '../http/request';
import { viewerOfCookie } from '../http/viewer';
import { signOut } from '../login/sign-out';
import { env } from '../server/env';
import { wiring } from '../server/wiring';
import { type Cookies, cookies, parseCookies } from '../session/cookie';
import { signSessionToken } from '../session/token';

declare module 'next-auth' {
  interface Session {
    user: { id: string; name: string | null; email: string | null; image: string | null };
  }
}

declare module 'next-auth/jwt' {
  interface JWT {
    id: string;
    sid: string;
    iat: number;
    exp: number;
  }
}

/**
 * next-auth as session layer: `useSession()`, `getServerSession(authOptions)`, `/api/auth/*` and sign-out
 * read and end our own session. It makes none: there is no provider, and logging in is `/login`.
 *
 * @public
 */
export const authOptions: NextAuthOptions = {
  providers: [],
  pages: { signIn: '/login', error: '/login' },
  get session() {
    return { strategy: 'jwt' as const, maxAge: env().sessionLimits.maxSeconds };
  },
  get secret() {
    return env().secrets[0] ?? '';
  },
  get cookies() {
    const { secure, session } = cookies(env().origin);
    const options = { httpOnly: true, sameSite: 'lax' as const, path: '/', secure };
    return { sessionToken: { name: session.name, options } };
  },
  jwt: { encode: ({ token }) => encode(token), decode },
  callbacks: {
    jwt: ({ token }) => token,
    session: ({ session, token }) => ({
      ...session,
      user: {
        id: token.id,
        name: token.name ?? null,
        email: token.email ?? null,
        image: token.picture ?? null,
      },
      expires: new Date(token.exp * 1_000).toISOString(),
    }),
  },
  logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
};

/** Reads the request's own `Cookie` header: next-auth would take the first of two session cookies. */
async function decode(): Promise<JWT | null> {
  const viewer = await viewerOfCookie(await headers());
  if (!viewer) return null;
  const { user, claims } = viewer;
  return {
    id: user.id,
    sub: user.id,
    sid: claims.sid,
    iat: claims.issuedAt,
    exp: claims.expiresAt,
    name: user.nickname,
    email: user.email,
    picture: user.profileImageUrl,
  };
}

/** The same session under the newest secret; never a new one and never a longer one. */
async function encode(token: JWT | undefined): Promise<string> {
  if (!token) return '';
  const claims = { userId: token.id, sid: token.sid, issuedAt: token.iat, expiresAt: token.exp };
  return signSessionToken((await wiring()).keyring, claims);
}

type Handler = (request: Request, context: { params: { nextauth: string[] } }) => Promise<Response>;

const actions = ['session', 'csrf', 'providers', 'signin', 'signout', 'error', '_log'];

/**
 * Answers a request for one of next-auth's own endpoints, `/api/auth/<action>`.
 *
 * @throws Problem `NOT_FOUND`
 */
export async function answerNextAuth(incoming: Request, body: string | null): Promise<Response> {
  const { session } = (await wiring()).cookies;
  const { method, url } = incoming;
  const request = new NextRequest(url, { method, headers: withOwnCookies(incoming.headers, session), body });
  const path = request.nextUrl.pathname.split('/').slice(3);
  const [action = ''] = path;
  if (path.length !== 1 || !actions.includes(action)) {
    throw new Problem('NOT_FOUND', 'Check the path: there is no such endpoint.');
  }
  // next-auth takes a session that cannot be read for none.
  await viewerOfCookie(incoming.headers);
  const ended: PromiseSettledResult<void>[] = [];
  // next-auth says that it went well although its event has failed.
  const events = { signOut: async () => void ended.push(...(await Promise.allSettled([endSession()]))) };
  const handler: Handler = NextAuth({ ...authOptions, events });
  const response = await handler(request, { params: { nextauth: path } });
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  response.headers.set('cache-control', 'private, no-store');
  if (action !== 'signout' || method !== 'POST') keepSession(response.headers, session);
  return response;
}

async function endSession(): Promise<void> {
  const [deps, all] = await Promise.all([wiring(), headers()]);
  const tokens = deps.cookies.session.readAll(all);
  await signOut(deps, { tokens, reach: 'here', device: deviceOf(all) });
}

type SessionCookie = Cookies['session'];

/**
 * The headers with no cookies but ours and next-auth's: it fails on unknown names that begin like ours,
 * and would remove them. Its callback-url cookie is left out, since anything unreadable there is a crash.
 */
function withOwnCookies(from: Headers, session: SessionCookie): Headers {
  const kept = parseCookies(from.get('cookie')).filter(
    ([name]) => name === session.name || /^(__Host-|__Secure-)?next-auth\.csrf-token$/.test(name),
  );
  const headers = new Headers(from);
  headers.set('cookie', kept.map((pair) => pair.join('=')).join('; '));
  return headers;
}

/**
 * Only sign-out may touch the session cookie: next-auth renews it whenever the session is read,
 * and removes it when the database could not be read.
 */
function keepSession(answered: Headers, session: SessionCookie): void {
  const setCookies = answered.getSetCookie().filter((cookie) => !cookie.startsWith(session.name));
  answered.delete('set-cookie');
  for (const cookie of setCookies) answered.append('set-cookie', cookie);
}
