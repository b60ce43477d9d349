import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { afterEach } from 'vitest';

/** A small server that answers whatever a test wants; `seen` are the requests, `connections` how many were opened. */
export interface TestServer {
  readonly url: string;
  readonly seen: readonly IncomingMessage[];
  readonly connections: () => number;
}

/** Starts servers that end with the test. */
export function withServers(): (answer: RequestListener) => Promise<TestServer> {
  const running: StartedServer[] = [];
  afterEach(async () => {
    for (const server of running.splice(0)) await server.close();
  });
  return async (answer) => {
    const server = await startServer(answer);
    running.push(server);
    return server;
  };
}

type StartedServer = TestServer & { readonly close: () => Promise<void> };

/** Starts a server on a free port, to be closed by whoever started it. */
export async function startServer(answer: RequestListener): Promise<StartedServer> {
  const seen: IncomingMessage[] = [];
  let connections = 0;
  const server = createServer((request, response) => {
    seen.push(request);
    answer(request, response);
  });
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, seen, connections: () => connections, close };
}

/** Answers every request with this JSON text. */
export function answerJson(text: string, status = 200): RequestListener {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8' }).end(text);
  };
}
