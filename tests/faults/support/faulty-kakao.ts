import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

type Answering = (incoming: IncomingMessage, response: ServerResponse) => void;

const json = { 'content-type': 'application/json;charset=UTF-8' };

/** How Kakao can fail to answer. */
export const failures: Readonly<Record<string, Answering>> = {
  'is silent': () => undefined,
  'sends one byte a second': (_, response) => {
    response.writeHead(200, json);
    const timer = setInterval(() => response.write(' '), 1_000);
    response.on('close', () => clearInterval(timer));
  },
  'resets the connection before its answer': ({ socket }) => socket.resetAndDestroy(),
  'resets the connection after the head': ({ socket }, response) => {
    response.writeHead(200, { ...json, 'content-length': '100' });
    response.flushHeaders();
    setTimeout(() => socket.resetAndDestroy(), 50);
  },
  'resets the connection within the body': ({ socket }, response) => {
    response.writeHead(200, { ...json, 'content-length': '100' });
    response.write('{"id":5,');
    setTimeout(() => socket.resetAndDestroy(), 50);
  },
  'stops half-way': ({ socket }, response) => {
    response.writeHead(200, { ...json, 'content-length': '100' });
    response.write('{"id":5,', () => socket.end());
  },
  'answers 500 with a page': (_, response) => {
    response
      .writeHead(500, { 'content-type': 'text/html' })
      .end('<html><h1>Internal Server Error</h1></html>');
  },
  'answers 200 with noise': (_, response) => {
    response.writeHead(200, json).end(randomBytes(5_000));
  },
  'answers 200 with a page': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<html><h1>점검 중</h1></html>');
  },
  'sends us elsewhere': (_, response) => {
    response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end();
  },
  'sends 200 MB': (_, response) => {
    response.writeHead(200, json);
    let left = 200;
    const more = () => {
      while (left > 0 && !response.destroyed) {
        left -= 1;
        if (!response.write(Buffer.alloc(1_000_000, ' '))) return;
      }
      response.end();
    };
    response.on('drain', more);
    more();
  },
  'sends a bomb of zeros': (_, response) => {
    response.writeHead(200, { ...json, 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000)));
  },
};

/** Stands between the app and the local Kakao, and fails as it is told. */
export interface FaultyKakao {
  readonly url: string;
  /** Where everything goes that does not fail. */
  passTo(target: string): void;
  /** Lets these endpoints fail from now on. */
  fail(paths: readonly string[], answer: Answering): void;
  /** Refuses connections: from now on, or from the next answer of an endpoint on. */
  refuse(after?: string): Promise<void>;
  /** Kakao is as it should be. */
  mend(): Promise<void>;
  close(): Promise<void>;
}

export async function startFaultyKakao(): Promise<FaultyKakao> {
  let target = '';
  let failing = new Map<string, Answering>();
  let refuseAfter: string | undefined;
  const server = createServer((incoming, response) => {
    const { pathname } = new URL(incoming.url ?? '/', 'http://localhost');
    const answer = failing.get(pathname);
    if (answer) return answer(incoming, response);
    if (pathname === refuseAfter) response.on('finish', () => setImmediate(stop));
    pass(incoming, response, target);
  });
  const listen = (port: number) => new Promise<void>((done) => server.listen(port, 'localhost', done));
  const stop = async () => {
    const closed = new Promise((done) => server.close(done));
    server.closeAllConnections();
    await closed;
  };
  await listen(0);
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://localhost:${port}`,
    passTo: (to) => {
      target = to;
    },
    fail: (paths, answer) => {
      failing = new Map(paths.map((path) => [path, answer]));
    },
    refuse: async (after) => {
      refuseAfter = after;
      if (after === undefined) await stop();
    },
    mend: async () => {
      failing = new Map();
      refuseAfter = undefined;
      if (!server.listening) await listen(port);
    },
    close: stop,
  };
}

function pass(incoming: IncomingMessage, response: ServerResponse, target: string): void {
  const url = new URL(incoming.url ?? '/', target);
  const { method = 'GET', headers } = incoming;
  const outgoing = request(url, { method, headers: { ...headers, host: url.host } }, (answer) => {
    response.writeHead(answer.statusCode ?? 500, answer.headers);
    answer.pipe(response);
  });
  outgoing.on('error', () => response.destroy());
  incoming.pipe(outgoing);
}
