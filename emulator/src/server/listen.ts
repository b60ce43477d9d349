import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { identityFor, type ServerIdentity } from '../tls/throw-away-authority.ts';
import { kakaoHosts } from './kakao-hosts.ts';

/** Longer than a client keeps an idle connection, so that no request meets a connection that is just closing. */
const KEEP_ALIVE_MS = 65_000;
const PORT_ATTEMPTS = 5;

/** Open servers on one port; `close` ends their connections too. */
export interface Listening {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Listens on `host`; for 127.0.0.1 also on [::1] at the same port where the machine has it, because `localhost` may
 * mean either. Speaks TLS when it has an identity. Rejects with the system's error, such as `EADDRINUSE`.
 */
export async function listen(
  listener: RequestListener,
  { host, port, identity }: { host: string; port: number; identity?: ServerIdentity | undefined },
): Promise<Listening> {
  const newServer = () => createServerFor(listener, identity);
  for (let attempt = 1; ; attempt += 1) {
    const first = await open(newServer(), host, port);
    const actual = portOf(first);
    const twin = host === '127.0.0.1' ? await openTwin(newServer(), actual) : 'none';
    if (twin !== 'taken' || port !== 0 || attempt === PORT_ATTEMPTS) {
      return { port: actual, close: () => closeAll(typeof twin === 'string' ? [first] : [first, twin]) };
    }
    await close(first);
  }
}

async function openTwin(server: Server, port: number): Promise<Server | 'none' | 'taken'> {
  try {
    return await open(server, '::1', port);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE' ? 'taken' : 'none';
  }
}

function createServerFor(listener: RequestListener, identity: ServerIdentity | undefined): Server {
  const options = { keepAliveTimeout: KEEP_ALIVE_MS };
  return identity ? createTlsServer({ ...options, ...identity }, listener) : createServer(options, listener);
}

function open(server: Server, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the server has no port');
  return address.port;
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(servers.map(close));
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

export interface TlsOptions {
  /** Default 4443, or any free port when the plain one may be any. */
  readonly port?: number;
  /** Instead of a certificate made at start. */
  readonly identity?: ServerIdentity;
}

/** Open TLS servers, and the PEM certificate that their clients have to trust (`null` for a brought identity). */
export interface ListeningSecurely extends Listening {
  readonly ca: string | null;
}

/**
 * Listens with TLS under every name that may lead here: loopback, Kakao's own hosts, and those of `urls`. Rejects with
 * the system's or OpenSSL's error.
 */
export async function listenSecurely(
  listener: RequestListener,
  { host, urls, port = 4443, identity }: TlsOptions & { host: string; urls: readonly string[] },
): Promise<ListeningSecurely> {
  const made = identity ? null : identityFor(namesOf(host, urls), Date.now());
  const listening = await listen(listener, { host, port, identity: identity ?? made?.identity });
  return { ...listening, ca: made?.ca ?? null };
}

function namesOf(host: string, urls: readonly string[]): string[] {
  const ours = urls.map((url) => new URL(url).hostname.replace(/^\[|\]$/g, ''));
  return [...new Set(['localhost', '127.0.0.1', '::1', host, ...kakaoHosts, ...ours])];
}
