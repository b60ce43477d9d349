import type { RequestListener } from 'node:http';
import { identityFor, type ServerIdentity } from '../tls/throw-away-authority.ts';
import { kakaoHosts } from './kakao-hosts.ts';
import { type Listening, listen } from './listen.ts';

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
  host: string,
  { port = 4443, identity }: TlsOptions,
  urls: readonly string[],
): Promise<ListeningSecurely> {
  const made = identity ? null : identityFor(namesOf(host, urls), Date.now());
  const listening = await listen(listener, host, port, identity ?? made?.identity);
  return { ...listening, ca: made?.ca ?? null };
}

function namesOf(host: string, urls: readonly string[]): string[] {
  const ours = urls.map((url) => new URL(url).hostname.replace(/^\[|\]$/g, ''));
  return [...new Set(['localhost', '127.0.0.1', '::1', host, ...kakaoHosts, ...ours])];
}
