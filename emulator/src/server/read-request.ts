import type { IncomingMessage } from 'node:http';
import { isLoopback } from './loopback.ts';
import type { KakaoRequest } from './request.ts';

const MOST_BODY_CHARS = 256 * 1024;
/** A snapshot of ten thousand people. */
const MOST_SNAPSHOT_CHARS = 16 * 1024 * 1024;

/** More was sent than anybody needs to. */
export class BodyTooLarge extends Error {}

/**
 * Reads the whole request; rejects when the body is too large or the client hangs up. `basePath` is what the paths of
 * this Kakao may begin with.
 */
export async function readRequest(message: IncomingMessage, basePath: string): Promise<KakaoRequest> {
  const target = message.url ?? '/';
  const at = target.indexOf('?');
  const path = withoutBase(at < 0 ? target : target.slice(0, at), basePath);
  const isSnapshot = path === '/__emulator/v1/snapshot';
  const body = await readBody(message, isSnapshot ? MOST_SNAPSHOT_CHARS : MOST_BODY_CHARS);
  const callerAddress = (message.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const isForm = (message.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return {
    id: 0,
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(at < 0 ? '' : target.slice(at + 1)),
    form: new URLSearchParams(isForm ? body : ''),
    body,
    headers: message.headers,
    target,
    isEncrypted: 'encrypted' in message.socket,
    callerAddress,
    isLocal: isLoopback(callerAddress),
  };
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
