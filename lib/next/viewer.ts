import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { isDatabaseError } from '../db/errors';
import { viewerOfCookie } from '../http/viewer';
import type { Viewer } from '../login/find-viewer';

const readViewer = cache(async (): Promise<Viewer | null> => viewerOfCookie(await headers()));

/**
 * Who is looking at this page, read once per request; `null` is signed out. While the database cannot be read everybody
 * is, because this is for pages that are for everybody.
 */
export async function getViewer(): Promise<Viewer | null> {
  return readViewer().catch((error: unknown) => {
    if (isDatabaseError(error)) return null;
    throw error;
  });
}

/** Who is looking, or off to the login page and back to `returnTo`. */
export async function requireViewer(returnTo: string): Promise<Viewer> {
  const viewer = await readViewer();
  if (!viewer) redirect(`/login?returnTo=${encodeURIComponent(returnTo).replaceAll('%2F', '/')}`);
  return viewer;
}
