'use client';

import type { Session } from 'next-auth';
import { lazy, Suspense } from 'react';

// Fetched only where it is rendered, so that a guest's login page does not carry next-auth's script.
const SessionName = lazy(() => import('./session-name'));

interface Props {
  session: Session | null;
  /** Shown until the session's script has arrived, and for good without JavaScript. */
  name: string;
}

/** The name of the signed-in person in the header. */
export function ViewerName({ session, name }: Props) {
  return (
    <Suspense fallback={name}>
      <SessionName session={session} fallback={name} />
    </Suspense>
  );
}
