import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { IdTokenFault } from '../world/faults.ts';
import type { World } from '../world/world.ts';
import { isLoopback } from './loopback.ts';
import type { Reply } from './reply.ts';

/** What is known of a request before its body is read. */
export interface RequestHead {
  readonly method: string;
  /** Without the `/ns/<name>` of a namespace. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The path and query as sent. */
  readonly target: string;
  /** The caller's IP address, without the IPv6 form of an IPv4 one. */
  readonly callerAddress: string;
  /** Whether that is this machine. */
  readonly isLocal: boolean;
  /** Whether it came over TLS. */
  readonly isEncrypted: boolean;
}

/** A request with its body read. */
export interface KakaoRequest extends RequestHead {
  /** Its number in the request log; 0 for requests that are not noted there. */
  readonly id: number;
  /** The fields of an `application/x-www-form-urlencoded` body; empty for any other type, which Kakao does not read. */
  readonly form: URLSearchParams;
  readonly body: string;
  readonly idTokenFault?: IdTokenFault;
}

/** Answers one endpoint, or throws a `Refusal`. */
export type Handler = (request: KakaoRequest, world: World) => Reply | Promise<Reply>;

/** The handlers of one path, by method. */
export type Methods = Readonly<Record<string, Handler>>;

/**
 * The scheme and the credential of the `Authorization` header. `bearer` is taken in any case (RFC 9110 11.1), because
 * clients such as openid-client repeat Kakao's own `token_type`, which is lower case.
 */
export function authorization(request: KakaoRequest): [scheme: string, credential: string] {
  const header = request.headers.authorization ?? '';
  const at = header.indexOf(' ');
  if (at < 0) return [header, ''];
  const scheme = header.slice(0, at);
  return [scheme.toLowerCase() === 'bearer' ? 'Bearer' : scheme, header.slice(at + 1)];
}

/** Whether this is a path of the emulator itself, for people and for tests: it has no faults and is not logged. */
export function isOwnPath(path: string): boolean {
  return (
    ['/', '/account', '/favicon.ico'].includes(path) || path.startsWith('/__emulator') || isPicturePath(path)
  );
}

/** Whether a picture has this path in its address at Kakao (`world/users.ts`). */
export function isPicturePath(path: string): boolean {
  return path.startsWith('/dn/emulator/');
}

const MOST_BODY_CHARS = 256 * 1024;
/** Enough for a snapshot of ten thousand users. */
const MOST_SNAPSHOT_CHARS = 16 * 1024 * 1024;

/** The request body is over the limit. */
export class BodyTooLarge extends Error {}

/** Reads all but the body. `basePath` is what the paths of this Kakao may begin with. */
export function readHead(message: IncomingMessage, basePath: string): RequestHead {
  const target = message.url ?? '/';
  const at = target.indexOf('?');
  const callerAddress = (message.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  return {
    method: message.method ?? 'GET',
    path: withoutBase(at < 0 ? target : target.slice(0, at), basePath),
    query: new URLSearchParams(at < 0 ? '' : target.slice(at + 1)),
    headers: message.headers,
    target,
    isEncrypted: 'encrypted' in message.socket,
    callerAddress,
    isLocal: isLoopback(callerAddress),
  };
}

/** Reads the body as well; rejects when it is too large or the client hangs up. */
export async function readRequest(message: IncomingMessage, head: RequestHead): Promise<KakaoRequest> {
  const isSnapshot = head.path === '/__emulator/v1/snapshot';
  const body = await readBody(message, isSnapshot ? MOST_SNAPSHOT_CHARS : MOST_BODY_CHARS);
  const isForm = (head.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return { ...head, id: 0, form: new URLSearchParams(isForm ? body : ''), body };
}

function withoutBase(path: string, basePath: string): string {
  return basePath !== '' && path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : path;
}

function readBody(message: IncomingMessage, most: number): Promise<string> | string {
  if (message.method === 'GET' || message.method === 'HEAD') return '';
  message.setEncoding('utf8');
  let body = '';
  return new Promise((resolve, reject) => {
    message.on('data', (part: string) => {
      body += part;
      if (body.length <= most) return;
      body = '';
      reject(new BodyTooLarge('the request body is too large'));
    });
    message.once('end', () => resolve(body));
    message.once('error', reject);
    message.once('close', () => reject(new Error('the client hung up')));
  });
}
