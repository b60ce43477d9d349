import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, ServerResponse } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import nextEnv from '@next/env';
import next from 'next';
import { isForwardedUnasked } from './lib/http/client-address';
import { allowOrigins } from './lib/http/cors';
import { foreignPagePolicy } from './lib/http/csp';
import { createFrontServer, type Listening, listen } from './lib/http/front-server';
import { enterGate } from './lib/http/gate';
import { receiveBody, sendResponse, toRequest, withBody } from './lib/http/node-http';
import { plainPage, plainPagePolicy } from './lib/http/plain-page';
import { Problem, problemResponse } from './lib/http/problem';
import type { RouteExports } from './lib/http/route';
import { beginDraining, finishWork, isDraining } from './lib/server/draining';
import { type Env, env } from './lib/server/env';
import { isLoopback } from './lib/server/hosts';
import { describeError, logEvent } from './lib/server/log';
import { configuration } from './lib/server/service';
import { takeUnavailable } from './lib/server/unavailable';
import { securityHeaders } from './next.config.js';

// The HTTP server in front of Next, for `npm run dev` (--dev) and `npm start`. It does what Next does not offer: the
// client's own address, a request id on everything, a limit on bodies, an orderly end. In production it calls the
// handlers of the busiest routes itself (docs/decisions/0021-hot-routes.md); in development every route is Next's.

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

// What Next adds to the answer of a route handler.
const routeHeaders = {
  ...securityHeaders,
  vary: 'rsc, next-router-state-tree, next-router-prefetch, next-router-segment-prefetch',
};
type NextHandler = ReturnType<ReturnType<typeof next>['getRequestHandler']>;
type Method = (typeof methods)[number];
type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
type Listener = (request: IncomingMessage, response: ServerResponse) => void;

const graceMs = 1_000;
const drainMs = 25_000;

/** The heap grows by so much of what is alive until it is collected; V8 would let it grow to four times that. */
const heapGrowingPercent = 20;

const dev = process.argv.includes('--dev');

await start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});

async function start(): Promise<void> {
  if (!dev) setFlagsFromString(`--heap-growing-percent=${heapGrowingPercent}`);
  nextEnv.loadEnvConfig(process.cwd(), dev);
  const { port, hostname } = configuration().env;
  let listening: Listening | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => shutDown(listening));
  let listener: Listener = () => undefined;
  const server = createFrontServer((...exchange) => listener(...exchange), { stalling: dev });
  // In development Next reloads pages over a WebSocket. Otherwise nobody upgrades, and asking for it changes nothing.
  const httpServer = dev ? server : createServer();
  const app = next({ dev, port, httpServer, ...(dev && { hostname: hostname ?? 'localhost' }) });
  // Next runs instrumentation.ts here: whatever is wrong with the app ends the process before it listens.
  await app.prepare();
  listener = listenerFor(answerer(app.getRequestHandler(), await loadHotRoutes()));
  const host = hostname ?? (isForThisMachine(env()) ? 'loopback' : undefined);
  listening = await listen(server, port, host).catch((error) => refuseToListen(error, port));
  if (!dev) process.stdout.write(`Ready on port ${port}\n`);
}

/** A local Kakao lets anybody be anybody, with keys that everybody knows: not for the network, unless it is asked for. */
function isForThisMachine({ localKakao, origin }: Env): boolean {
  return (dev || localKakao) && isLoopback(origin);
}

function listenerFor(answer: Answer): Listener {
  const { origin } = env();
  // A loopback name is nobody's own: what else runs there may not speak https.
  const https = origin.startsWith('https:') && !isLoopback(origin);
  return (request, response) => {
    const id = randomUUID();
    response.setHeader('x-request-id', id);
    request.headers['x-request-id'] = id;
    request.headers['x-socket-address'] = request.socket.remoteAddress ?? 'unknown';
    if (https) response.setHeader('strict-transport-security', 'max-age=31536000');
    if (isDraining()) response.setHeader('connection', 'close');
    allowOrigins(request, response, env().allowedOrigins);
    warnOfProxy(request);
    answer(request, response).catch((error: unknown) => {
      if (error instanceof Problem) return refuse(error, request, response);
      // A client that hung up is nobody's failure.
      if (request.complete)
        logEvent('error', 'request.failed', { requestId: id, error: describeError(error) });
      response.destroy();
    });
  };
}

let hasWarned = false;

/** Once: with the address of a proxy in its place, all clients are one. */
function warnOfProxy({ headers }: IncomingMessage): void {
  if (hasWarned || !isForwardedUnasked(headers, env().trustedProxyHops)) return;
  hasWarned = true;
  const reason =
    'requests come through a proxy, and TRUSTED_PROXY_HOPS is 0: all clients share the limits of one';
  logEvent('warn', 'proxy.not_trusted', { reason });
}

/** None in development, where only Next sees what was edited. */
async function loadHotRoutes(): Promise<ReadonlyMap<string, RouteExports>> {
  return dev ? new Map() : (await import('./hot-routes')).hotRoutes;
}

function answerer(handleByNext: NextHandler, hotRoutes: ReadonlyMap<string, RouteExports>): Answer {
  return async (request, response) => {
    const method = methodOf(request);
    checkHead(request);
    const body = await receiveBody(request, response);
    const route = isNextClient(request) ? undefined : hotRoutes.get(pathOf(request));
    if (route) return sendResponse(response, await route[method](toRequest(request, body)), routeHeaders);
    if (!dev && !(await enterGate(response))) return;
    alterHead(request, response);
    // What a page shows already: pages here are always asked for whole, and Next answers what it cannot read with 500.
    if (!dev) delete request.headers['next-router-state-tree'];
    // What has been read would never end for Next.
    return handleByNext(request.readableEnded ? withBody(request, body) : request, response);
  };
}

function methodOf({ method }: IncomingMessage): Method {
  const known = methods.find((each) => each === method);
  if (!known) throw new Problem('METHOD_NOT_ALLOWED', 'Use GET or POST.', { allow: methods.join(', ') });
  return known;
}

/** Refuses what Next would answer with 500, and Node without a word. */
function checkHead(request: IncomingMessage): void {
  if (request.headers.host === undefined && request.httpVersion === '1.1')
    throw new Problem('INVALID_REQUEST', 'Send the name of this site as Host.');
  if (!isPath(pathOf(request))) throw new Problem('NOT_FOUND', 'Ask for a path of this site.');
}

/** Next's own client asks for pages with this header, and is redirected to an address that caches can tell apart. */
function isNextClient({ headers }: IncomingMessage): boolean {
  return headers['rsc'] !== undefined;
}

function pathOf({ url = '' }: IncomingMessage): string {
  const query = url.indexOf('?');
  return query === -1 ? url : url.slice(0, query);
}

/**
 * `redirect()` in a page answers 307; after a GET that means the same as the 303 that everything else here says. A page
 * that proxy.ts has not seen gets a policy here, and one that has failed another body.
 */
function alterHead(request: IncomingMessage, response: ServerResponse): void {
  const { writeHead } = response;
  response.writeHead = (status: number, ...rest: unknown[]) => {
    const isPage = String(response.getHeader('content-type')).startsWith('text/html');
    if (isPage && !response.hasHeader('content-security-policy'))
      response.setHeader('content-security-policy', foreignPagePolicy);
    const isUnavailable = status === 500 && takeUnavailable(String(request.headers['x-request-id']));
    if (isUnavailable) response.setHeader('retry-after', '5');
    const corrected = isUnavailable ? 503 : status === 307 ? 303 : status;
    if (isPage && status === 500 && !dev) replacePage(request, response, isUnavailable);
    return Reflect.apply(writeHead, response, [corrected, ...rest]);
  };
}

/** Next sends a failed page empty, for a script to fill. */
function replacePage(
  { headers, method }: IncomingMessage,
  response: ServerResponse,
  isUnavailable: boolean,
): void {
  const asked = new Headers();
  for (const [name, value] of Object.entries(headers)) if (typeof value === 'string') asked.set(name, value);
  const page = plainPage(isUnavailable ? 'unavailable' : 'failed', asked);
  response.removeHeader('content-encoding');
  response.removeHeader('transfer-encoding');
  response.setHeader('content-length', Buffer.byteLength(page));
  response.setHeader('content-security-policy', plainPagePolicy);
  response.write = () => true;
  // Past what Next has put in front of it to compress.
  response.end = () => ServerResponse.prototype.end.call(response, method === 'HEAD' ? '' : page, 'utf8');
}

/** Not `*` (OPTIONS), not a whole address, and decodable. */
function isPath(target: string): boolean {
  try {
    return decodeURIComponent(target).startsWith('/');
  } catch {
    return false;
  }
}

/** Closes the connection, unless what is left of a large body is being dropped: the answer would be lost with it. */
function refuse(problem: Problem, { headers }: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = problemResponse(problem, String(headers['x-request-id']));
  if (problem.code !== 'TOO_LARGE') response.setHeader('connection', 'close');
  return sendResponse(response, answer, routeHeaders);
}

/** Not ready from now on; what is under way is finished, and what goes on after answers; then the process ends with 0. */
function shutDown(listening: Listening | undefined): void {
  if (isDraining()) return;
  beginDraining();
  if (dev || !listening) process.exit(0);
  const drain = async () => {
    setTimeout(() => process.exit(0), drainMs);
    await listening.close();
    await finishWork();
    process.exit(0);
  };
  setTimeout(drain, graceMs);
}

function refuseToListen(error: NodeJS.ErrnoException, port: number): never {
  process.stderr.write(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is taken. Choose another one: PORT=3001 npm start\n`
      : `The server cannot listen on port ${port}: ${error.message}\n`,
  );
  process.exit(1);
}
