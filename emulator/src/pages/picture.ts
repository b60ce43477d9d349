import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { makeUser } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { renderAvatar } from './avatar.ts';

/** `GET /__emulator/picture?of=<user id>|default&size=110|640`: a profile picture as SVG. */
export function picture(request: KakaoRequest, world: World): Reply {
  const user = world.users.get(request.query.get('of') ?? '') ?? makeUser('0', { isDefaultImage: true });
  const size = request.query.get('size') === '640' ? 640 : 110;
  const svg = renderAvatar(user, size).replace('<svg ', '<svg xmlns="http://www.w3.org/2000/svg" ');
  return {
    status: 200,
    headers: { 'Content-Type': 'image/svg+xml', 'Cross-Origin-Resource-Policy': 'cross-origin' },
    text: svg,
  };
}
