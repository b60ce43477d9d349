import { renderConsent } from '../pages/consent.ts';
import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { authorizePage } from './authorize-page.ts';
import type { AuthorizeRequest } from './authorize-request.ts';
import { grantCode } from './authorize-result.ts';
import { entryRefusal } from './entry-refusal.ts';
import { noAgreement, pendingConsent } from './pending-items.ts';

/** Goes on for a user who is known: a code at once, or the consent page. */
export function continueAs(
  user: User,
  asked: AuthorizeRequest,
  request: KakaoRequest,
  world: World,
  headers: Record<string, string> = {},
): Reply {
  const refusal = entryRefusal(asked, user, request, world);
  if (refusal) return refusal;
  const pending = pendingConsent(asked, user, world);
  if (!pending.isShown) return grantCode(asked, user, noAgreement, request, world);
  return authorizePage(
    renderConsent({ asked, user, pending, request, basePath: world.basePath }),
    asked,
    headers,
  );
}
