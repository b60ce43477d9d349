// The HTTP server in front of Next, for `npm run dev` (--dev) and `npm start`. It does what Next does not
// offer: the client's own address, a request id on everything, a limit on bodies, an orderly end.
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import nextEnv from '@next/env';
import next from 'next';
import { readPort } from './run/environment.mjs';

const dev = process.argv.includes('--dev');
nextEnv.loadEnvConfig(process.cwd(), dev);
const https = process.env.NEXTAUTH_URL?.startsWith('https:') ?? false;
const port = readPort(process.env, 'PORT', 3000);
const hostname = process.env.HOSTNAME || (dev ? 'localhost' : undefined);
const maxBodyBytes = 64 * 1024;
const graceMs = 1_000;
const drainMs = 25_000;

const server = createServer({ requestTimeout: 15_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 });
const app = next({ dev, hostname, port, httpServer: server });
const ready = app.prepare();

server.on('request', async (request, response) => {
  const id = randomUUID();
  response.setHeader('x-request-id', id);
  request.headers['x-request-id'] = id;
  request.headers['x-socket-address'] = request.socket.remoteAddress ?? 'unknown';
  if (https) response.setHeader('strict-transport-security', 'max-age=31536000; includeSubDomains');
  seeOtherForRedirects(response);
  const refusal = refuse(request);
  if (refusal) return answer(response, id, refusal);
  await ready;
  await app.getRequestHandler()(request, response);
});

/** `redirect()` in a page answers 307; after a GET that means the same as the 303 that everything else here says. */
function seeOtherForRedirects(response) {
  const { writeHead } = response;
  response.writeHead = (status, ...rest) => writeHead.call(response, status === 307 ? 303 : status, ...rest);
}

// Nothing here speaks anything but HTTP; in development Next's own reload does.
if (!dev) server.on('upgrade', (_request, socket) => socket.destroy());

/** What Next would answer with 500, or would read whole: unknown methods and oversized bodies. */
function refuse(request) {
  if (!['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'].includes(request.method)) {
    return [405, 'METHOD_NOT_ALLOWED', 'This method is not supported here', 'Use GET or POST.'];
  }
  if (Number(request.headers['content-length'] ?? 0) > maxBodyBytes) {
    return [413, 'TOO_LARGE', 'The request is too large', 'Send at most 64 KB.'];
  }
  if (!isPath(request.url)) {
    return [404, 'NOT_FOUND', 'There is nothing here', 'Ask for a path of this site.'];
  }
  return null;
}

/** Not `*` (OPTIONS), not a whole address, and decodable. */
function isPath(target) {
  try {
    return decodeURIComponent(target.split('?', 1)[0]).startsWith('/');
  } catch {
    return false;
  }
}

function answer(response, requestId, [status, message, title, detail]) {
  const body = JSON.stringify({ message, title, status, detail, requestId });
  response.writeHead(status, {
    'content-type': 'application/problem+json',
    'cache-control': 'private, no-store',
    'x-content-type-options': 'nosniff',
    connection: 'close',
    ...(status === 405 ? { allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' } : {}),
  });
  response.end(body);
}

/** Not ready from now on; what is under way is finished; then the process ends with 0. */
function shutDown() {
  if (globalThis[Symbol.for('kakao-login.draining')]) return;
  globalThis[Symbol.for('kakao-login.draining')] = true;
  setTimeout(
    () => {
      server.close(() => process.exit(0));
      server.closeIdleConnections();
      setTimeout(() => process.exit(0), drainMs).unref();
    },
    dev ? 0 : graceMs,
  );
  if (dev) server.closeAllConnections();
}

server.on('error', (error) => {
  process.stderr.write(
    error.code === 'EADDRINUSE'
      ? `Port ${port} is taken. Choose another one: PORT=3001 npm start\n`
      : `The server cannot listen on port ${port}: ${error.message}\n`,
  );
  process.exit(1);
});
process.on('SIGTERM', shutDown);
process.on('SIGINT', shutDown);

try {
  await ready;
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
server.listen(port, hostname, () => {
  if (!dev) process.stdout.write(`Ready on port ${port}\n`);
});
