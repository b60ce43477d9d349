import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy } from './lib/http/csp';
import { Problem, problemResponse } from './lib/http/problem';
import { requestId } from './lib/http/request';
import { env } from './lib/server/env';
import { isOtherNameOf } from './lib/server/hosts';

/**
 * Sets the headers of documents; it guards nothing. The policy stands in the request too, where Next
 * takes the nonce for its own scripts from: whatever a client sent under that name is overwritten.
 */
export function proxy(request: NextRequest): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    const problem = new Problem('METHOD_NOT_ALLOWED', 'Use GET.', { allow: 'GET, HEAD' });
    return problemResponse(problem, requestId(request.headers));
  }
  const elsewhere = sameOnOurOrigin(request);
  if (elsewhere) return NextResponse.redirect(elsewhere, { headers: { 'cache-control': 'no-store' } });
  if (isPublicFile(request.nextUrl.pathname)) return NextResponse.next();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = contentSecurityPolicy(nonce, env());
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy);
  headers.set('x-page-path', `${request.nextUrl.pathname}${request.nextUrl.search}`);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('cache-control', 'private, no-store');
  return response;
}

let publicFiles: ReadonlySet<string> | undefined;

/** The files of public/, and what is made like one: no documents. Next answers other methods than GET on them with 500. */
function isPublicFile(path: string): boolean {
  publicFiles ??= new Set(['/manifest.webmanifest', ...filesIn('public').map(encodeURI)]);
  return publicFiles.has(path);
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map(
    ({ parentPath, name }) => `/${relative(folder, join(parentPath, name)).replaceAll(sep, '/')}`,
  );
}

/**
 * Where a browser has to go that opened this page by another name of this machine: cookies set there would be missing when
 * Kakao sends the browser back here.
 */
function sameOnOurOrigin({ headers, nextUrl }: NextRequest): string | null {
  if (headers.get('sec-fetch-mode') !== 'navigate' || headers.get('sec-fetch-dest') !== 'document')
    return null;
  const { origin } = env();
  const host = headers.get('host') ?? '';
  return isOtherNameOf(origin, `http://${host}`) ? `${origin}${nextUrl.pathname}${nextUrl.search}` : null;
}

/**
 * Documents: all but what is under `/api`, Next's own files, and the routes that answer a form or a redirect. These are
 * named one by one, because by the time the function below could tell them apart Next has read the whole body of a
 * request, up to 10 MB, where `readForm` stops at 64 KB. `tests/proxy.test.ts` says when a new one is missing.
 */
export const config = {
  matcher: [
    '/((?!api/|_next/static/|theme\\.css$|login/(?:kakao|callback|silent)$|account/(?:consents|picture|sessions|withdrawal)$|logout$|language$).*)',
  ],
};
