import { type Reply, redirectReply } from '../server/reply.ts';
import { issueCode } from '../world/codes.ts';
import type { User } from '../world/users.ts';
import { now, type World } from '../world/world.ts';
import { startAccountSession } from './account-cookie.ts';
import type { AuthorizeRequest } from './authorize-request.ts';

/** Sends the browser back with a code; the user is linked only when the code is exchanged. */
export function grantCode(
  asked: AuthorizeRequest,
  user: User,
  agreed: readonly string[],
  world: World,
): Reply {
  if (user.under14 && !asked.app.under14Allowed) return deny(asked, 'Not allowed under age 14');
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

/** Sends the browser back with `access_denied`. */
export function deny(asked: AuthorizeRequest, description = 'User denied access'): Reply {
  return sendError(asked, 'access_denied', description);
}

/** Sends the browser back with an error (RFC 6749 4.1.2.1) and the `state`. */
export function sendError(
  asked: Pick<AuthorizeRequest, 'redirectUri' | 'state'>,
  error: string,
  description: string,
): Reply {
  return redirectReply(asked.redirectUri, { error, error_description: description, state: asked.state });
}
