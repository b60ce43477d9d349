import { type Reply, redirectReply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { issueCode } from '../world/codes.ts';
import type { User } from '../world/users.ts';
import { now, type World } from '../world/world.ts';
import { startAccountSession } from './account-cookie.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { entryRefusal } from './entry-refusal.ts';
import type { Agreement } from './pending-items.ts';

/** Sends the browser back with a code; the user is linked only when the code is exchanged. */
export function grantCode(
  asked: AuthorizeRequest,
  user: User,
  agreed: Agreement,
  request: KakaoRequest,
  world: World,
): Reply {
  const refusal = entryRefusal(asked, user, request, world);
  if (refusal) return refusal;
  const at = now(world);
  const grant = {
    client: { app: asked.app, key: asked.key },
    user,
    redirectUri: asked.redirectUri,
    agreed,
    nonce: asked.nonce,
    codeChallenge: asked.codeChallenge,
    wantsIdToken: asked.scope === null || asked.scope.includes('openid'),
    authTime: Math.floor(at / 1000),
  };
  const code = issueCode(world.codes, grant, world.settings.codeLifetimeSeconds, at);
  const cookie = startAccountSession(world, user.id);
  return redirectReply(asked.redirectUri, { code, state: asked.state }, { 'Set-Cookie': cookie });
}
