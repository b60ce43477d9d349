import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { Problem } from '../http/problem';
import { assertSameOrigin } from '../http/request';
import { findViewer, type Viewer } from '../login/find-viewer';
import { wiring } from '../server/wiring';
import { readSessionCookie } from '../session/cookie';

export type { Viewer };

/** Who is looking at this page, read once per request; `null` is signed out. */
export const getViewer = cache(async (): Promise<Viewer | null> => {
  return viewerOfCookie((await headers()).get('cookie'));
});

/** Who is looking, or off to the login page and back to `returnTo`. */
export async function requireViewer(returnTo: string): Promise<Viewer> {
  const viewer = await getViewer();
  if (!viewer) redirect(loginPath(returnTo));
  return viewer;
}

function loginPath(returnTo: string): string {
  return `/login?returnTo=${encodeURIComponent(returnTo).replaceAll('%2F', '/')}`;
}

/** Who sent this API request: by our own token in `Authorization` if there is one, else by the cookie. */
export async function viewerOfRequest(request: Request): Promise<Viewer | null> {
  const authorization = request.headers.get('authorization');
  if (authorization === null) return viewerOfCookie(request.headers.get('cookie'));
  const token = /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;
  return findViewer(await wiring(), token);
}

/**
 * Who sends this change: as {@link viewerOfRequest}, but a cookie counts only on a request from our own pages.
 *
 * @throws Problem `CROSS_ORIGIN`, `UNAUTHENTICATED`
 */
export async function requireViewerOfChange(request: Request): Promise<Viewer> {
  if (!request.headers.has('authorization')) assertSameOrigin(request.headers);
  return requireViewerOfRequest(request);
}

/**
 * Who sent this API request.
 *
 * @throws Problem `UNAUTHENTICATED`
 */
export async function requireViewerOfRequest(request: Request): Promise<Viewer> {
  const viewer = await viewerOfRequest(request);
  if (!viewer) throw new Problem('UNAUTHENTICATED', 'Sign in, or send a valid token of this service.');
  return viewer;
}

/** The viewer of a `Cookie` header. */
export async function viewerOfCookie(cookieHeader: string | null): Promise<Viewer | null> {
  const deps = await wiring();
  return findViewer(deps, readSessionCookie(deps.cookies, cookieHeader));
}
