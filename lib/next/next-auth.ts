import { randomUUID } from 'node:crypto';
import { headers } from 'next/headers';
import type { NextAuthOptions } from 'next-auth';
import type { JWT } from 'next-auth/jwt';
import { nextAuthSession } from '../http/session-endpoints';
import { viewerOfCookie, viewerOfRequest } from '../http/viewer';
import { env } from '../server/env';
import { cookies } from '../session/cookie';

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

/** Nobody can set a cookie of this name: next-auth answers with an error to one that is no address. */
const unusedCookie = `unused-${randomUUID()}`;

/**
 * next-auth on our session: `getServerSession(authOptions)` in pages and routes; its client is answered by
 * `lib/http/session-endpoints.ts`. It makes no session: there is no provider, and logging in is `/login`.
 *
 * `cookies.sessionToken.name` and `jwt.decode` are what `getToken` and `withAuth` need.
 *
 * @public
 */
export const authOptions = {
  providers: [],
  pages: { signIn: '/login', signOut: '/account', error: '/login' },
  // As if sessions were next-auth's rows: read by `adapter`, and never renewed before they are over.
  get session() {
    const { maxSeconds } = env().sessionLimits;
    return { strategy: 'database' as const, maxAge: maxSeconds, updateAge: maxSeconds };
  },
  get secret() {
    return env().secrets[0] ?? '';
  },
  get cookies() {
    const { secure, session } = cookies(env().origin);
    const options = { httpOnly: true, sameSite: 'lax' as const, path: '/', secure };
    return {
      sessionToken: { name: session.name, options },
      callbackUrl: { name: unusedCookie, options },
      csrfToken: { name: unusedCookie, options },
    };
  },
  adapter: { getSessionAndUser },
  jwt: { decode },
  callbacks: {
    session: ({ session, user: { id, name = null, email, image = null } }) => ({
      ...session,
      user: { id, name, email: email || null, image },
    }),
  },
  logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
} satisfies NextAuthOptions;

/**
 * Whoever sends the request, by its own `Cookie` header: the token that next-auth has found is put together from every
 * cookie whose name begins like ours. Throws for nobody, because for `null` next-auth removes all of them, by names that it
 * cannot write.
 */
async function getSessionAndUser(sessionToken: string) {
  const viewer = await viewerOfCookie(await headers());
  if (!viewer) throw new Error('signed out');
  const { user, expires } = nextAuthSession(viewer);
  return {
    session: { sessionToken, userId: user.id, expires: new Date(expires) },
    user: { ...user, email: user.email ?? '', emailVerified: null },
  };
}

/** What the token of the request says; `null` also for one whose session has ended. Read past next-auth too. */
async function decode(): Promise<JWT | null> {
  const viewer = await viewerOfRequest({ headers: await headers() });
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
