'use client';

import type { Session } from 'next-auth';
import { useSession } from 'next-auth/react';
import { SessionProvider } from './session-provider';

interface Props {
  /** What the server read, so that the first render asks for nothing. */
  session: Session | null;
  /** Stands in for a name the session does not have. */
  fallback: string;
}

/** The name of the signed-in person, as the session of next-auth has it. */
export default function SessionName({ session, fallback }: Props) {
  return (
    <SessionProvider session={session}>
      <Name fallback={fallback} />
    </SessionProvider>
  );
}

function Name({ fallback }: { fallback: string }) {
  return useSession().data?.user?.name || fallback;
}
