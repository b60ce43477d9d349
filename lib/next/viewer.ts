import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { viewerOfCookie } from '../http/viewer';
import type { Viewer } from '../login/find-viewer';

/** Who is looking at this page, read once per request; `null` is signed out. */
export const getViewer = cache(async (): Promise<Viewer | null> => viewerOfCookie(await headers()));

/** Who is looking, or off to the login page and back to `returnTo`. */
export async function requireViewer(returnTo: string): Promise<Viewer> {
  const viewer = await getViewer();
  if (!viewer) redirect(`/login?returnTo=${encodeURIComponent(returnTo).replaceAll('%2F', '/')}`);
  return viewer;
}
