import type { IncomingMessage, ServerResponse } from 'node:http';
import { maxBodyBytes, readUpTo } from './request';

/**
 * A request of Node's server as the standard one that route handlers take. Its body is read before, because making a
 * stream of it costs more than most handlers; one that is too large is cut behind the limit, where `readBody` refuses it.
 *
 * @throws when the client hangs up before the end of the body
 */
export async function toRequest(incoming: IncomingMessage): Promise<Request> {
  const { method = 'GET', url = '/' } = incoming;
  // Node has joined what came more than once; only Set-Cookie, which is no request's, would be a list.
  const headers = incoming.headers as Record<string, string>;
  const bare = method === 'GET' || method === 'HEAD';
  const init = bare ? { method, headers } : { method, headers, body: await readStart(incoming) };
  return new Request(`http://localhost${url}`, init);
}

/** The body, or one that is as much too large. What else comes of that is dropped, or its connection would be stuck. */
async function readStart(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  // Leaving the loop must not destroy the request: the connection still has to carry the answer.
  const body = incoming.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
  const read = await readUpTo(body, maxBodyBytes);
  if (read !== null) return read;
  incoming.resume();
  return Buffer.alloc(maxBodyBytes + 1);
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
  const chunks: Uint8Array[] = [];
  // Cheaper than arrayBuffer(), which asks the stream for more than it has.
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) chunks.push(chunk);
  to.writeHead(response.status, headers);
  to.end(Buffer.concat(chunks));
}
