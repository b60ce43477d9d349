import type { LoginDeps } from '../login/deps';
import { findViewer, type Viewer } from '../login/find-viewer';
import { countSessionCheck } from '../server/metrics';
import { wiring } from '../server/wiring';
import { Problem } from './problem';
import { assertNotSentHere, assertSameOrigin } from './request';

/** Whose session cookie a request has; an `Authorization` header does not count. */
export async function viewerOfCookie(headers: Headers): Promise<Viewer | null> {
  const deps = await wiring();
  return countedViewer(deps, deps.cookies.session.read(headers));
}

/** Who sent this API request: by our own token in `Authorization` if there is one, else by the cookie. */
export async function viewerOfRequest({ headers }: Pick<Request, 'headers'>): Promise<Viewer | null> {
  const authorization = headers.get('authorization');
  if (authorization === null) return viewerOfCookie(headers);
  const token = /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? null;
  return countedViewer(await wiring(), token);
}

async function countedViewer(deps: LoginDeps, token: string | null): Promise<Viewer | null> {
  const viewer = await findViewer(deps, token);
  const refused = token === null ? 'none' : 'refused';
  countSessionCheck(viewer ? 'valid' : refused);
  return viewer;
}

/**
 * Who sent this API request.
 *
 * @throws Problem `UNAUTHENTICATED`
 */
export async function requireViewerOfRequest(request: Request): Promise<Viewer> {
  const viewer = await viewerOfRequest(request);
  if (!viewer) throw signedOut(request);
  return viewer;
}

/** Whether a person follows a link with their browser, rather than a program asking. */
export function isNavigation({ headers }: Request): boolean {
  if (headers.has('authorization')) return false;
  const mode = headers.get('sec-fetch-mode');
  return mode === null ? (headers.get('accept')?.includes('text/html') ?? false) : mode === 'navigate';
}

/**
 * Who asks for this, where asking has effects: as {@link requireViewerOfRequest}, but a cookie does not count when another
 * site sent the browser here.
 *
 * @throws Problem `CROSS_ORIGIN`, `UNAUTHENTICATED`
 */
export async function requireViewerOfOwnPage(request: Request): Promise<Viewer> {
  const viewer = await requireViewerOfRequest(request);
  if (!request.headers.has('authorization')) assertNotSentHere(request.headers);
  return viewer;
}

/** For somebody who is not signed in, or no longer. */
export function signedOut({ headers }: Request): Problem {
  return new Problem('UNAUTHENTICATED', 'Sign in, or send a valid token of this service.', {
    'www-authenticate': headers.has('authorization') ? 'Bearer error="invalid_token"' : 'Bearer',
  });
}

/**
 * Who sends this change: as {@link requireViewerOfRequest}, but a cookie counts only on a request from our own pages.
 *
 * @throws Problem `CROSS_ORIGIN`, `UNAUTHENTICATED`
 */
export async function requireViewerOfChange(request: Request): Promise<Viewer> {
  if (!request.headers.has('authorization')) assertSameOrigin(request.headers);
  return requireViewerOfRequest(request);
}
