import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { afterEach } from 'vitest';

/** A small server that answers whatever a test wants; `seen` are the requests, `connections` how many were opened. */
export interface TestServer {
  readonly url: string;
  readonly seen: readonly IncomingMessage[];
  readonly connections: () => number;
}

/** Starts servers that end with the test. */
export function withServers(): (answer: RequestListener) => Promise<TestServer> {
  const running: Server[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });
  return async (answer) => {
    const seen: IncomingMessage[] = [];
    let connections = 0;
    const server = createServer((request, response) => {
      seen.push(request);
      answer(request, response);
    });
    server.on('connection', () => {
      connections += 1;
    });
    running.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    return { url: `http://127.0.0.1:${port}`, seen, connections: () => connections };
  };
}

/** Answers every request with this JSON text. */
export function answerJson(text: string, status = 200): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8' }).end(text);
  };
}
