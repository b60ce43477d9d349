import { isDatabaseError } from '../db/errors';
import { describeError, logEvent } from '../server/log';
import { pickLocale, text } from '../text';
import { Problem, problemResponse } from './problem';
import { requestId } from './request';

type Handler = (request: Request) => Promise<Response>;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
/** What a route file exports: a handler for every method there is. */
export type RouteExports = Readonly<Record<Method | 'HEAD' | 'OPTIONS', Handler>>;

/**
 * The exports of a route file from the methods it has: everything else answers 405, a {@link Problem}
 * becomes its answer, anything unforeseen is logged and becomes `INTERNAL`. HEAD runs GET, unless
 * `head` is false.
 */
export function route(
  handlers: Partial<Record<Method, Handler>>,
  options: { head?: boolean } = {},
): RouteExports {
  const withHead = handlers.GET && options.head !== false ? { ...handlers, HEAD: handlers.GET } : handlers;
  const allow = [...Object.keys(withHead), 'OPTIONS'].join(', ');
  const refuse = async (request: Request): Promise<Response> => {
    const problem = new Problem('METHOD_NOT_ALLOWED', `Use one of: ${allow}.`, { allow });
    return problemResponse(problem, requestId(request.headers));
  };
  const options204 = async (): Promise<Response> => new Response(null, { status: 204, headers: { allow } });
  const methods: RouteExports = {
    GET: refuse,
    HEAD: refuse,
    POST: refuse,
    PUT: refuse,
    PATCH: refuse,
    DELETE: refuse,
    OPTIONS: options204,
  };
  const guarded = Object.entries(withHead).map(([method, handler]) => [method, guard(handler)]);
  return { ...methods, ...Object.fromEntries(guarded) };
}

function guard(handler: Handler): Handler {
  return async (request) => {
    try {
      return await handler(request);
    } catch (error) {
      const id = requestId(request.headers);
      if (error instanceof Problem) return problemResponse(error, id);
      if (isDatabaseError(error)) return unavailable(request, error);
      logEvent('error', 'request.failed', { requestId: id, error: describeError(error) });
      return problemResponse(new Problem('INTERNAL', `Try again later; our support code is ${id}.`), id);
    }
  };
}

const retryAfter = { 'retry-after': '5' };

/** While the database is locked, full or gone: a problem for programs, and for whoever pressed a button a page. */
function unavailable({ headers, url }: Request, error: unknown): Response {
  const id = requestId(headers);
  logEvent('error', 'database.unavailable', { requestId: id, error: describeError(error) });
  const isPage = headers.get('accept')?.includes('text/html') && !new URL(url).pathname.startsWith('/api/');
  if (isPage) return unavailablePage(headers, id);
  return problemResponse(new Problem('UNAVAILABLE', 'Try again in a few seconds.', retryAfter), id);
}

/** Plain markup: what makes a page of this site may be what cannot be used. */
function unavailablePage(headers: Headers, id: string): Response {
  const locale = pickLocale(undefined, headers.get('accept-language'));
  const { site, unavailable: t } = text(locale);
  const page = `<!DOCTYPE html><html lang="${locale}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${t.title} · ${site.name}</title><main><h1>${t.title}</h1><p>${t.body}</p><p>${t.supportCode} <code>${id}</code></p>
<p><a href="/">${site.home}</a></p></main></html>`;
  const policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  const fields = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    ...retryAfter,
  };
  return new Response(page, { status: 503, headers: privateHeaders(fields, []) });
}

/** A JSON answer about the person who asks: never stored by anybody in between. */
export function privateJson(
  body: unknown,
  {
    status = 200,
    setCookies = [],
  }: { readonly status?: number; readonly setCookies?: readonly string[] } = {},
): Response {
  const headers = privateHeaders({ 'content-type': 'application/json' }, setCookies);
  return new Response(JSON.stringify(body), { status, headers });
}

/** 204: done, and there is nothing to say. */
export function noContent(setCookies: readonly string[] = []): Response {
  return new Response(null, { status: 204, headers: privateHeaders({}, setCookies) });
}

/** 303 See Other: the browser goes on with GET. A path stays relative; only Kakao is absolute. */
export function seeOther(location: string, setCookies: readonly string[] = []): Response {
  return new Response(null, { status: 303, headers: privateHeaders({ location }, setCookies) });
}

function privateHeaders(fields: Readonly<Record<string, string>>, setCookies: readonly string[]): Headers {
  const headers = new Headers({ ...fields, 'cache-control': 'private, no-store' });
  for (const cookie of setCookies) headers.append('set-cookie', cookie);
  return headers;
}
