import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import NextAuth from 'next-auth';
import KakaoProvider from 'next-auth/providers/kakao';
import { PrismaClient } from '../../../../../../../lib/db/generated/client';

const { KAKAO_AUTH_ORIGIN, KAKAO_API_ORIGIN, KAKAO_CLIENT_ID, KAKAO_CLIENT_SECRET, DATABASE_URL } =
  process.env;
const db = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: DATABASE_URL ?? '' }) });

/** NextAuth.js 4 as its documentation shows it: JWT sessions, the person stored with one upsert at sign-in. */
const options = {
  secret: process.env['NEXTAUTH_SECRET'] ?? '',
  session: { strategy: 'jwt' },
  providers: [
    KakaoProvider({
      clientId: KAKAO_CLIENT_ID ?? '',
      clientSecret: KAKAO_CLIENT_SECRET ?? '',
      authorization: { url: `${KAKAO_AUTH_ORIGIN}/oauth/authorize`, params: { scope: '' } },
      token: `${KAKAO_AUTH_ORIGIN}/oauth/token`,
      userinfo: `${KAKAO_API_ORIGIN}/v2/user/me`,
    }),
  ],
  callbacks: {
    signIn: async ({ account, user }) => {
      const kakaoId = account?.providerAccountId ?? '';
      const profile = { nickname: user.name ?? null, email: user.email ?? null, lastLoginAt: new Date() };
      await db.user.upsert({
        where: { kakaoId },
        create: { id: crypto.randomUUID(), kakaoId, createdAt: new Date(), ...profile },
        update: profile,
      });
      return true;
    },
  },
};

const handler = NextAuth(options);

export { handler as GET, handler as POST };
