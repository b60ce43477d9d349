import { logFailure } from '../server/unavailable';
import { plainPage, plainPagePolicy, wantsPage } from './plain-page';
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
      const problem = toProblem(error, requestId(request.headers));
      const asked = problemResponse(problem, requestId(request.headers));
      if (!wantsPage(request.headers, new URL(request.url).pathname)) return asked;
      return problemPage(asked, problem, request.headers);
    }
  };
}

function toProblem(error: unknown, id: string): Problem {
  if (error instanceof Problem) return error;
  if (logFailure(error, id))
    return new Problem('UNAVAILABLE', 'Try again in a few seconds.', { 'retry-after': '5' });
  return new Problem('INTERNAL', `Try again later; our support code is ${id}.`);
}

/** The same refusal for whoever pressed a button: a page in place of JSON. */
function problemPage({ status, headers }: Response, { code }: Problem, asked: Headers): Response {
  const message = code === 'UNAVAILABLE' ? 'unavailable' : status >= 500 ? 'failed' : 'refused';
  headers.set('content-type', 'text/html; charset=utf-8');
  headers.set('content-security-policy', plainPagePolicy);
  return new Response(plainPage(message, asked), { status, headers });
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
