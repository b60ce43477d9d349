import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import nextEnv from '@next/env';
import next from 'next';
import { sendResponse, toRequest } from './lib/http/node-http';
import { Problem, problemResponse } from './lib/http/problem';
import { maxBodyBytes } from './lib/http/request';
import type { RouteExports } from './lib/http/route';
import { beginDraining, isDraining } from './lib/server/draining';
import { listenSettings } from './lib/server/env';
import { describeError, logEvent } from './lib/server/log';
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

const graceMs = 1_000;
const drainMs = 25_000;

const dev = process.argv.includes('--dev');

await start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
});

async function start(): Promise<void> {
  nextEnv.loadEnvConfig(process.cwd(), dev);
  const { port, hostname = dev ? 'localhost' : undefined, https } = listenSettings();
  const server = createServer({ requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => shutDown(server));
  const app = next({ dev, port, httpServer: server, ...(hostname && { hostname }) });
  // Next runs instrumentation.ts here: whatever is wrong with the app ends the process before it listens.
  await app.prepare();
  const answer = answerer(app.getRequestHandler(), await loadHotRoutes());
  server.on('request', (request, response) => {
    const id = randomUUID();
    response.setHeader('x-request-id', id);
    request.headers['x-request-id'] = id;
    request.headers['x-socket-address'] = request.socket.remoteAddress ?? 'unknown';
    if (https) response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains');
    answer(request, response).catch((error: unknown) => {
      // A client that hung up is nobody's failure.
      if (request.complete)
        logEvent('error', 'request.failed', { requestId: id, error: describeError(error) });
      response.destroy();
    });
  });
  // Nothing here speaks anything but HTTP; in development Next's own reload does.
  if (!dev) server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('error', (error) => refuseToListen(error, port));
  server.listen(port, hostname, () => {
    if (!dev) process.stdout.write(`Ready on port ${port}\n`);
  });
}

/** None in development, where only Next sees what was edited. */
async function loadHotRoutes(): Promise<ReadonlyMap<string, RouteExports>> {
  return dev ? new Map() : (await import('./hot-routes')).hotRoutes;
}

function answerer(handleByNext: NextHandler, hotRoutes: ReadonlyMap<string, RouteExports>) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const method = methods.find((known) => known === request.method);
    const problem = method ? findProblem(request) : unknownMethod();
    if (problem) return refuse(problem, request, response);
    const route = isNextClient(request) ? undefined : hotRoutes.get(pathOf(request));
    if (route && method) {
      return sendResponse(response, await route[method](await toRequest(request)), routeHeaders);
    }
    correctStatus(request, response);
    return handleByNext(request, response);
  };
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
 * `redirect()` in a page answers 307; after a GET that means the same as the 303 that everything else here says. And a
 * page that fails answers 500, also when it is the database that cannot be used.
 */
function correctStatus({ headers }: IncomingMessage, response: ServerResponse): void {
  const { writeHead } = response;
  response.writeHead = (status: number, ...rest: unknown[]) => {
    const isUnavailable = status === 500 && takeUnavailable(String(headers['x-request-id']));
    if (isUnavailable) response.setHeader('retry-after', '5');
    const corrected = isUnavailable ? 503 : status === 307 ? 303 : status;
    return Reflect.apply(writeHead, response, [corrected, ...rest]);
  };
}

function unknownMethod(): Problem {
  return new Problem('METHOD_NOT_ALLOWED', 'Use GET or POST.', { allow: methods.join(', ') });
}

/** What Next would answer with 500, or would read whole. */
function findProblem(request: IncomingMessage): Problem | null {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) {
    return new Problem('TOO_LARGE', 'Send at most 64 KB.');
  }
  return isPath(pathOf(request)) ? null : new Problem('NOT_FOUND', 'Ask for a path of this site.');
}

/** Not `*` (OPTIONS), not a whole address, and decodable. */
function isPath(target: string): boolean {
  try {
    return decodeURIComponent(target).startsWith('/');
  } catch {
    return false;
  }
}

function refuse(problem: Problem, { headers }: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = problemResponse(problem, String(headers['x-request-id']));
  return sendResponse(response, answer, { 'x-content-type-options': 'nosniff', connection: 'close' });
}

/** Not ready from now on; what is under way is finished; then the process ends with 0. */
function shutDown(server: Server): void {
  if (isDraining()) return;
  beginDraining();
  const close = () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), drainMs).unref();
  };
  setTimeout(close, dev ? 0 : graceMs);
  if (dev) server.closeAllConnections();
}

function refuseToListen(error: NodeJS.ErrnoException, port: number): never {
  process.stderr.write(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is taken. Choose another one: PORT=3001 npm start\n`
      : `The server cannot listen on port ${port}: ${error.message}\n`,
  );
  process.exit(1);
}
