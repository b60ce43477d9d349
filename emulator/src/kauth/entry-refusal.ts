import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { sendBack } from './authorize-error.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { koePage } from './koe-page.ts';

/** Keeps people out whom the app may not have: KOE005 (no member of a test app), `access_denied` (under 14). */
export function entryRefusal(
  asked: AuthorizeRequest,
  user: User,
  request: KakaoRequest,
  world: World,
): Reply | undefined {
  const { app } = asked;
  if (user.under14 && !app.under14Allowed) return sendBack(asked, 'under_age_14');
  if (app.type !== 'test' || app.members.includes(user.id)) return undefined;
  const detail = `user ${user.id} is no member of the test app ${app.appId}`;
  return koePage({ koe: 'KOE005', detail, app }, request, world);
}
