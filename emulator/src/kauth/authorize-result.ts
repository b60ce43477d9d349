import { type Reply, redirectReply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { issueCode } from '../world/codes.ts';
import type { User } from '../world/users.ts';
import { now, type World } from '../world/world.ts';
import { startAccountSession } from './account-cookie.ts';
import { refuseAuthorize } from './authorize-refusal.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { missingConsent } from './consent-given.ts';
import { entryRefusal } from './entry-refusal.ts';
import type { Agreement, PendingConsent } from './pending-items.ts';

/** What was asked of a person, and what they agreed to. */
interface Consent {
  readonly pending: PendingConsent;
  readonly given: Agreement;
}

/** Sends the browser back with a code, or refuses when something required was not agreed to: KOE203. */
export function grantIfComplete(
  asked: AuthorizeRequest,
  user: User,
  { pending, given }: Consent,
  request: KakaoRequest,
  world: World,
): Reply {
  const missing = missingConsent(asked.app, pending, user, given);
  if (missing === undefined) return grantCode(asked, user, given, request, world);
  const detail = `${missing} was not agreed to`;
  return refuseAuthorize({ koe: 'KOE203', detail, app: asked.app }, request, world);
}

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
