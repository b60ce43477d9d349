'use client';

import type { Session } from 'next-auth';
import { SessionProvider as NextAuthProvider } from 'next-auth/react';
import type { ReactNode } from 'react';

/** Hands the session the server already read to `useSession`, so that the first render asks for nothing. */
export function SessionProvider({ session, children }: { session: Session | null; children: ReactNode }) {
  return (
    <NextAuthProvider session={session} refetchOnWindowFocus={false}>
      {children}
    </NextAuthProvider>
  );
}
