import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSocketServer, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

/** At least 1,000 have to be taken. With the 16 KB of headers that each may send they hold 32 MB. */
const maxConnections = 2_000;

/** Requests that one connection may send before it has read the answer to its first. */
const maxPipelined = 16;

/** A connection on which nothing moves for so long is ended, so that nobody keeps an answer that they do not read. */
const stalledMs = 30_000;

interface Turn {
  response: ServerResponse;
  readonly waiting: (() => void)[];
}

/** The request of each connection that is being answered, and those that came behind it. */
const turns = new WeakMap<Duplex, Turn>();

/**
 * An HTTP server that holds little for anybody: headers have to arrive within 10 s and a request within 15 s, and the
 * requests of one connection are answered one after the other. `stalling` lets connections rest, as development does
 * while it compiles.
 */
export function createFrontServer(listener: RequestListener, { stalling }: { stalling: boolean }): Server {
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 15_000,
    connectionsCheckingInterval: 1_000,
    keepAliveTimeout: 65_000,
    // Node's own refusal would have neither a body nor an id.
    requireHostHeader: false,
  });
  server.maxConnections = maxConnections;
  // Connections that rest must not keep others out.
  server.on('drop', () => server.closeIdleConnections());
  if (!stalling) server.setTimeout(stalledMs);
  const take = inTurn(listener);
  server.on('request', take);
  // Nobody has to keep to what a client expects, and Node's own refusal would have no id (RFC 9110 10.1.1).
  server.on('checkExpectation', take);
  server.on('clientError', refuseUnreadable);
  return server;
}

/** Pipelined requests wait for the answer to those before them; a connection with too many of them is cut. */
function inTurn(listener: RequestListener): RequestListener {
  return (request, response) => {
    const { socket } = request;
    const begin = (turn: Turn) => {
      turn.response = response;
      response.once('close', () => {
        const next = socket.destroyed ? undefined : turn.waiting.shift();
        if (next) next();
        else turns.delete(socket);
      });
      listener(request, response);
    };
    const turn = turns.get(socket);
    if (!turn) {
      const first = { response, waiting: [] };
      turns.set(socket, first);
      begin(first);
    } else if (turn.waiting.push(() => begin(turn)) > maxPipelined) socket.destroy();
  };
}

const refusals: Readonly<Record<string, readonly [status: string, code: string, detail: string]>> = {
  HPE_HEADER_OVERFLOW: [
    '431 Request Header Fields Too Large',
    'TOO_LARGE',
    'Send at most 16 KB of headers: remove cookies of this site, or shorten the address.',
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ['413 Payload Too Large', 'TOO_LARGE', 'Send at most 64 KB.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'INVALID_REQUEST', 'Send the whole request within 15 s.'],
};
const unreadable = ['400 Bad Request', 'INVALID_REQUEST', 'Send a request of HTTP/1.1.'] as const;

/** Answers what is no request, too long or too slow, unless an answer has begun that this one would be taken for a part of. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET' || turns.get(socket)?.response.headersSent) {
    socket.destroy();
    return;
  }
  const [status, message, detail] = refusals[error.code ?? ''] ?? unreadable;
  const [, number, title] = /^(\d+) (.*)$/.exec(status) ?? [];
  const requestId = randomUUID();
  const body = JSON.stringify({ message, title, status: Number(number), detail, requestId });
  const head = [
    `HTTP/1.1 ${status}`,
    'content-type: application/problem+json',
    `content-length: ${Buffer.byteLength(body)}`,
    'cache-control: private, no-store',
    'x-content-type-options: nosniff',
    `x-request-id: ${requestId}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
}

/** The server's ways in: `close` ends them, and resolves when the last connection is gone. */
export interface Listening {
  readonly close: () => Promise<void>;
}

/**
 * Listens at this host, or everywhere; for `loopback` on 127.0.0.1, and on ::1 where the machine has it, because
 * `localhost` may mean either. Rejects with the system's error, such as `EADDRINUSE`.
 */
export async function listen(server: Server, port: number, host?: string): Promise<Listening> {
  const isLoopback = host === 'loopback';
  const connections = new Set<Socket>();
  server.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  await opened(server, port, isLoopback ? '127.0.0.1' : host);
  const doors: { close(done: () => void): unknown }[] = [server];
  if (isLoopback) {
    const twin = createSocketServer((socket: Socket) => server.emit('connection', socket));
    twin.maxConnections = maxConnections;
    twin.on('drop', () => server.closeIdleConnections());
    const there = await opened(twin, port, '::1').then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE') throw error;
        return false;
      },
    );
    if (there) doors.push(twin);
  }
  return { close: () => closeAll(server, doors, connections) };
}

function opened(door: Server | ReturnType<typeof createSocketServer>, port: number, host?: string) {
  return new Promise<void>((resolve, reject) => {
    door.once('error', reject);
    door.listen({ port, host, backlog: maxConnections }, () => {
      door.off('error', reject);
      resolve();
    });
  });
}

async function closeAll(
  server: Server,
  doors: readonly { close(done: () => void): unknown }[],
  connections: ReadonlySet<Socket>,
) {
  const closed = doors.map((door) => new Promise<void>((resolve) => door.close(() => resolve())));
  // A connection whose last answer ends now would rest until its client leaves, and so would one over which nothing was
  // asked yet: browsers open some beforehand, and to Node they are not idle.
  const rest = setInterval(() => {
    server.closeIdleConnections();
    for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
  }, 100);
  server.closeIdleConnections();
  await Promise.all(closed);
  clearInterval(rest);
}
