import { headers } from 'next/headers';
import type { NextAuthOptions } from 'next-auth';
import type { JWT } from 'next-auth/jwt';
import { deviceOf } from '../http/request';
import { signOut } from '../login/sign-out';
import { env } from '../server/env';
import { wiring } from '../server/wiring';
import { cookieName, cookiePolicy, readSessionCookies } from '../session/cookie';
import { sessionLifetimeSeconds, signSessionToken } from '../session/token';
import { viewerOfCookie } from './viewer';

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
 */
export const authOptions: NextAuthOptions = {
  providers: [],
  pages: { signIn: '/login', error: '/login' },
  session: { strategy: 'jwt', maxAge: sessionLifetimeSeconds },
  get secret() {
    return env().secrets[0] ?? '';
  },
  get cookies() {
    const policy = cookiePolicy(env().origin);
    const options = { httpOnly: true, sameSite: 'lax' as const, path: '/', secure: policy.secure };
    return { sessionToken: { name: cookieName(policy, 'session'), options } };
  },
  jwt: { maxAge: sessionLifetimeSeconds, encode: ({ token }) => encode(token), decode },
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
  events: {
    signOut: async () => {
      const [deps, all] = await Promise.all([wiring(), headers()]);
      const tokens = readSessionCookies(deps.cookies, all.get('cookie'));
      await signOut(deps, { tokens, reach: 'here', device: deviceOf(all) });
    },
  },
  logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
};

/** Reads the request's own `Cookie` header: next-auth would take the first of two session cookies. */
async function decode(): Promise<JWT | null> {
  const viewer = await viewerOfCookie((await headers()).get('cookie'));
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
