import { randomBytes } from 'node:crypto';
import type { Viewer } from '../login/find-viewer';
import { onSitePath, shortPath } from '../login/return-to';
import { signOut } from '../login/sign-out';
import { env } from '../server/env';
import { wiring } from '../server/wiring';
import type { NextAuthSessionAnswer } from './answers';
import { signedOutCookies } from './cookies';
import { Problem } from './problem';
import { deviceOf } from './request';
import { privateJson, seeOther } from './route';
import { viewerOfCookie } from './viewer';

// The endpoints that next-auth's client calls (`useSession`, `signOut`, `getCsrfToken`), answered from our own session.
// next-auth's own handler is not asked: it reads the cookies of a request past us, and fails on names and values that
// other apps of the host, or anybody, can set.

/** A session as next-auth shows it. */
export function nextAuthSession({ user, claims }: Viewer): NextAuthSessionAnswer {
  return {
    user: { id: user.id, name: user.nickname, email: user.email, image: user.profileImageUrl },
    expires: new Date(claims.expiresAt * 1_000).toISOString(),
  };
}

/** A request for one of the endpoints, with the fields of its body. */
interface Asked {
  readonly headers: Headers;
  readonly query: URLSearchParams;
  readonly fields: URLSearchParams;
}

type Endpoint = (asked: Asked) => Promise<Response> | Response;

const endpoints: ReadonlyMap<string, Endpoint> = new Map<string, Endpoint>([
  ['GET session', ({ headers }) => session(headers)],
  ['POST session', (asked) => assertRepeatsToken(asked).then(() => session(asked.headers))],
  ['GET csrf', csrf],
  ['GET providers', () => privateJson({})],
  ['GET signin', signIn],
  ['POST signin', signIn],
  ['GET signout', () => seeOther('/account')],
  ['POST signout', endSession],
  ['GET error', ({ query }) => seeOther(`/login?error=${errorCode(query.get('error'))}`)],
  ['POST _log', () => privateJson({})],
]);

/**
 * Answers a request for `/api/auth/<name>`.
 *
 * @throws Problem `NOT_FOUND`; `INVALID_REQUEST` without the token against forgery
 */
export async function answerSessionEndpoint(request: Request, body = ''): Promise<Response> {
  const { method, url, headers } = request;
  const { pathname, searchParams: query } = new URL(url);
  const endpoint = endpoints.get(`${method} ${pathname.slice('/api/auth/'.length)}`);
  if (!endpoint) throw new Problem('NOT_FOUND', 'Check the path: there is no such endpoint.');
  return endpoint({ headers, query, fields: fieldsOf(headers.get('content-type') ?? '', body) });
}

async function session(headers: Headers): Promise<Response> {
  const viewer = await viewerOfCookie(headers);
  return privateJson(viewer ? nextAuthSession(viewer) : {});
}

/** The token of this browser, made when it has none. Beside it a request must come from our own pages. */
async function csrf({ headers }: Asked): Promise<Response> {
  const { cookies } = await wiring();
  const known = cookies.csrf.read(headers);
  if (known && /^[0-9a-f]{64}$/.test(known)) return privateJson({ csrfToken: known });
  const csrfToken = randomBytes(32).toString('hex');
  return privateJson({ csrfToken }, { setCookies: [cookies.csrf.set(csrfToken)] });
}

async function assertRepeatsToken({ headers, fields }: Asked): Promise<void> {
  const expected = (await wiring()).cookies.csrf.read(headers);
  if (expected && fields.get('csrfToken') === expected) return;
  throw new Problem('INVALID_REQUEST', 'Send the csrfToken that GET /api/auth/csrf answers to this browser.');
}

async function endSession(asked: Asked): Promise<Response> {
  await assertRepeatsToken(asked);
  const { headers, fields } = asked;
  const deps = await wiring();
  const tokens = deps.cookies.session.readAll(headers);
  await signOut(deps, { tokens, reach: 'here', device: deviceOf(headers) });
  return goOn(asked, ownPath(fields.get('callbackUrl')) ?? '/', signedOutCookies(deps.cookies, headers));
}

function signIn(asked: Asked): Response {
  const returnTo = ownPath(asked.query.get('callbackUrl') ?? asked.fields.get('callbackUrl'));
  return goOn(
    asked,
    returnTo ? `/login?${new URLSearchParams({ returnTo: shortPath(returnTo) })}` : '/login',
  );
}

/** To a path of ours; a script that asks says so, gets the address, and goes there itself. */
function goOn({ fields }: Asked, path: string, setCookies: readonly string[] = []): Response {
  if (fields.get('json') !== 'true') return seeOther(path, setCookies);
  return privateJson({ url: `${env().origin}${path}` }, { setCookies });
}

/** The path of an address of this site, absolute or not. */
function ownPath(address: string | null): string | null {
  const { origin } = env();
  return onSitePath(address?.startsWith(`${origin}/`) ? address.slice(origin.length) : address);
}

function errorCode(code: string | null): string {
  return code && /^\w{1,64}$/.test(code) ? code : 'unexpected';
}

/** A form, or JSON. What is neither has no fields. */
function fieldsOf(contentType: string, body: string): URLSearchParams {
  if (!contentType.includes('application/json')) return new URLSearchParams(body);
  try {
    const { csrfToken, callbackUrl, json }: Record<string, unknown> = Object(JSON.parse(body));
    const texts = Object.entries({ csrfToken, callbackUrl, json }).filter(([, value]) => value !== undefined);
    return new URLSearchParams(texts.map(([name, value]) => [name, String(value)]));
  } catch {
    return new URLSearchParams();
  }
}
