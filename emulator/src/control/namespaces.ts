import { emptyReply, jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { NamespaceOrder } from '../world/namespace-control.ts';
import type { World } from '../world/world.ts';
import { isProblem, readBody, type Shape, textLike, whole } from './body-shape.ts';
import { problem } from './problem.ts';
import { redirectUris } from './redirect-uris.ts';

const name = textLike(/^[\w-]{1,64}$/, 'be 1 to 64 of A–Z a–z 0–9 - _');

/** What a new namespace may be told. */
export const namespaceOrder: Shape = { name, port: whole(0, 65_535), redirectUris };

/** `GET /namespaces`: `{"namespaces": [{"name", "url"}]}`. */
export function listNamespaces(_request: KakaoRequest, world: World): Reply {
  return jsonReply({ namespaces: world.beginning.namespaces.list().map((one) => ({ ...one })) });
}

/** `POST /namespaces`: a Kakao of its own, at `/ns/<name>` or at a `port` of its own. 201 `{"name", "url"}`, 409. */
export async function openNamespace(request: KakaoRequest, world: World): Promise<Reply> {
  const order = readBody<NamespaceOrder>(request.body, namespaceOrder);
  if (isProblem(order)) return order;
  try {
    return jsonReply({ ...(await world.beginning.namespaces.open(order)) }, 201);
  } catch (error) {
    const isOurs = error instanceof RangeError;
    return problem(409, error instanceof Error ? error.message : String(error), isOurs ? 'name' : 'port');
  }
}

/** `DELETE /namespaces/:name`: 204, 404. */
export async function closeNamespace(_request: KakaoRequest, world: World, name: string): Promise<Reply> {
  const wasOpen = await world.beginning.namespaces.close(name);
  return wasOpen ? emptyReply(204) : problem(404, `no namespace ${name}`);
}
