import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { publishedKeys, rotateKeys } from '../world/signing-keys.ts';
import type { World } from '../world/world.ts';
import { flag, isProblem, readBody, type Shape } from './body-shape.ts';

/** Whether the key that signed until now stays published; default true. */
export const rotation: Shape = { overlap: flag };

/** `GET /keys`: `{"keys": [{"kid"}]}`, those that are published; the first one signs. */
export async function listKeys(_request: KakaoRequest, world: World): Promise<Reply> {
  const keys = await publishedKeys(world.keys);
  return jsonReply({ keys: keys.map(({ kid }) => ({ kid })) });
}

/** `POST /keys/rotate`: a new key signs, the old one stays published unless `overlap` is false: `{"kid"}`. */
export async function rotate(request: KakaoRequest, world: World): Promise<Reply> {
  const order = readBody<{ overlap?: boolean }>(request.body, rotation);
  if (isProblem(order)) return order;
  const { kid } = await rotateKeys(world.keys, order.overlap ?? true);
  return jsonReply({ kid });
}
