import { IncomingMessage, type ServerResponse } from 'node:http';
import { maxBodyBytes, readUpTo, tooLarge } from './request';

/** What bodies may take together, from their first byte until they are answered. Then the oldest is hung up on. */
const maxHeldBytes = 32 * 1_024 * 1_024;

/** So much of a body is thrown away behind its limit, for a client that reads its answer only afterwards. */
const maxDroppedBytes = 1_024 * 1_024;

/** Then nothing more is taken, and so long is the answer still there to be read: hanging up at once would take it back. */
const lastMs = 1_000;

const held = new Map<IncomingMessage, number>();
let heldBytes = 0;

/**
 * The body of a request, counted as it arrives. What comes of one behind the limit is thrown away, and its connection
 * ended when that goes on.
 *
 * @throws Problem `TOO_LARGE`, for more than 64 KB, declared or not
 * @throws Error when the client hangs up before the end of the body
 */
export async function receiveBody(
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<Buffer<ArrayBuffer>> {
  const { headers } = incoming;
  if (headers['transfer-encoding'] === undefined && !headers['content-length']) return Buffer.alloc(0);
  const isDeclared = Number(headers['content-length'] ?? 0) > maxBodyBytes;
  response.once('close', () => release(incoming));
  const body = isDeclared ? null : await readUpTo(counted(incoming), maxBodyBytes);
  if (body !== null) return body;
  dropRest(incoming);
  throw tooLarge();
}

async function* counted(incoming: IncomingMessage): AsyncGenerator<Buffer> {
  // Leaving the loop must not destroy the request: the connection still has to carry the answer.
  const chunks = incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  for await (const chunk of chunks) {
    hold(incoming, chunk.length);
    yield chunk;
  }
}

function hold(incoming: IncomingMessage, bytes: number): void {
  held.set(incoming, (held.get(incoming) ?? 0) + bytes);
  heldBytes += bytes;
  const [oldest] = held.keys();
  if (heldBytes <= maxHeldBytes || !oldest) return;
  release(oldest);
  oldest.destroy();
}

function release(incoming: IncomingMessage): void {
  heldBytes -= held.get(incoming) ?? 0;
  held.delete(incoming);
}

/** Without this the connection would be stuck. */
function dropRest(incoming: IncomingMessage): void {
  let dropped = 0;
  incoming.on('data', (chunk: Buffer) => {
    dropped += chunk.length;
    if (dropped <= maxDroppedBytes) return;
    incoming.pause();
    setTimeout(() => incoming.destroy(), lastMs);
  });
  // The client may hang up meanwhile.
  incoming.on('error', () => undefined);
  incoming.resume();
}

/** A request of Node's server, whose body has been read, as the standard one that route handlers take. */
export function toRequest(incoming: IncomingMessage, body: Buffer<ArrayBuffer>): Request {
  const { method = 'GET', url = '/' } = incoming;
  // Node has joined what came more than once; only Set-Cookie, which is no request's, would be a list.
  const headers = incoming.headers as Record<string, string>;
  const bare = method === 'GET' || method === 'HEAD';
  return new Request(`http://localhost${url}`, bare ? { method, headers } : { method, headers, body });
}

/** The same request as if its body came now, for a listener that reads it from the connection. */
export function withBody(incoming: IncomingMessage, body: Buffer<ArrayBuffer>): IncomingMessage {
  const { method, url, headers, rawHeaders, httpVersion, httpVersionMajor, httpVersionMinor } = incoming;
  const version = { httpVersion, httpVersionMajor, httpVersionMinor };
  const copy = new IncomingMessage(incoming.socket);
  Object.assign(copy, { method, url, headers, rawHeaders, ...version, complete: true });
  if (body.length > 0) copy.push(body);
  copy.push(null);
  return copy;
}

/** Sends a standard response by Node's server, with `others` beside its own headers. */
export async function sendResponse(
  to: ServerResponse,
  response: Response,
  others: Readonly<Record<string, string>>,
): Promise<void> {
  const headers: Record<string, string | string[]> = { ...others };
  for (const [name, value] of response.headers) headers[name] = value;
  const setCookies = response.headers.getSetCookie();
  if (setCookies.length > 0) headers['set-cookie'] = setCookies;
  // What is set on Node's response already would be replaced.
  const vary = [to.getHeader('vary'), headers['vary']].filter(Boolean);
  if (vary.length > 0) headers['vary'] = vary.join(', ');
  const chunks: Uint8Array[] = [];
  // Cheaper than arrayBuffer(), which asks the stream for more than it has.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) chunks.push(chunk);
  to.writeHead(response.status, headers);
  to.end(Buffer.concat(chunks));
}
