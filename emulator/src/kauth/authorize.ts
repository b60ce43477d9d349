import { renderPicker } from '../pages/picker.ts';
import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { type AutoApproval, takeAutoApproval } from '../world/auto-approvals.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { accountInBrowser } from './account-cookie.ts';
import { sendBack } from './authorize-error.ts';
import { authorizePage } from './authorize-page.ts';
import { refuseAuthorize } from './authorize-refusal.ts';
import { type AuthorizeRequest, isRefusal, readAuthorizeRequest } from './authorize-request.ts';
import { grantCode, grantIfComplete } from './authorize-result.ts';
import { agreementBy } from './consent-given.ts';
import { continueAs } from './continue-as.ts';
import { noAgreement, pendingConsent } from './pending-items.ts';

/**
 * `GET /oauth/authorize` (RFC 6749 4.1.1): a page, a redirect with `code`, or a redirect with `error`.
 * Failures that cannot be told to the app are KOE pages.
 */
export function authorize(request: KakaoRequest, world: World): Reply {
  const asked = readAuthorizeRequest(request.query, world);
  if (isRefusal(asked)) return refuseAuthorize(asked, request, world);
  const user = signedInUser(request, world);
  if (asked.prompt.has('none')) return withoutPages(asked, user, request, world);
  const order = takeAutoApproval(world.autoApprovals, asked.key.key);
  if (order) return approve(order, asked, request, world);
  const wantsPicker = ['login', 'select_account', 'create', 'cert'].some((prompt) =>
    asked.prompt.has(prompt),
  );
  if (user && !wantsPicker) return continueAs(user, asked, request, world);
  return authorizePage(renderPicker(asked, request, world), asked);
}

function signedInUser(request: KakaoRequest, world: World): User | undefined {
  return world.users.get(accountInBrowser(world, request.headers.cookie) ?? '');
}

function approve(order: AutoApproval, asked: AuthorizeRequest, request: KakaoRequest, world: World): Reply {
  const user = world.users.get(order.userId);
  if (!user || order.decision === 'cancel') return sendBack(asked, 'access_denied');
  const pending = pendingConsent(asked, user, world);
  const consent = { pending, given: agreementBy(order, pending, user) };
  return grantIfComplete(asked, user, consent, request, world);
}

/** `prompt=none`: whatever would need a page is an error instead. */
function withoutPages(
  asked: AuthorizeRequest,
  user: User | undefined,
  request: KakaoRequest,
  world: World,
): Reply {
  if (!user) return sendBack(asked, 'login_required');
  if (user.state !== 'active') {
    return sendBack(asked, 'interaction_required');
  }
  if (pendingConsent(asked, user, world).isShown) return sendBack(asked, 'consent_required');
  return grantCode(asked, user, noAgreement, request, world);
}
