import type { JsonObject } from '../server/json.ts';
import { jsonReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { App } from '../world/apps.ts';
import { findLink, isPreregistered, type Link } from '../world/links.ts';
import { serviceUserId } from '../world/service-user-id.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { isProblem } from './body-shape.ts';
import { appInPath } from './named-app.ts';

/** `GET /apps/:id/users`: by which `serviceUserId` the app knows everybody, and what links them: `{"users": [...]}`. */
export function listAppUsers(_request: KakaoRequest, world: World, id: string): Reply {
  const found = appInPath(id, world);
  if (isProblem(found)) return found;
  return jsonReply({ users: [...world.users.values()].map((user) => shown(found.app, user, world)) });
}

function shown(app: App, user: User, world: World): JsonObject {
  const link = findLink(world.links, app, user);
  return {
    id: user.id,
    serviceUserId: serviceUserId(app, user),
    link: link ? shownLink(link) : null,
  };
}

function shownLink(link: Link): JsonObject {
  return {
    connectedAt: new Date(link.connectedAt).toISOString(),
    isPreregistered: isPreregistered(link),
    scopes: [...link.agreed],
    terms: [...link.terms.keys()],
    properties: Object.fromEntries(link.properties),
  };
}
