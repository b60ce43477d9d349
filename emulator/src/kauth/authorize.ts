import { renderConsent } from '../pages/consent.ts';
import { renderPicker } from '../pages/picker.ts';
import { Refusal } from '../refusals/refusal.ts';
import { pagePolicy, pageReply, type Reply, redirectReply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { startAccountSession, userInBrowser } from '../world/account-cookie.ts';
import { takeAutoApproval } from '../world/auto-approvals.ts';
import { findLink } from '../world/links.ts';
import { issueCode } from '../world/tokens.ts';
import { freeUserId, MOST_USERS, makeUser, type User } from '../world/users.ts';
import { now, type World } from '../world/world.ts';
import { type AuthorizeRequest, readAuthorizeRequest } from './authorize-request.ts';
import {
  agreementBy,
  agreementIn,
  type Consent,
  checkEntry,
  missingConsent,
  noAgreement,
  pendingConsent,
} from './consent.ts';

/** Prompts that show the account picker even when a user is signed in. */
const pickerPrompts = ['login', 'select_account', 'create', 'cert'];

/**
 * `GET /oauth/authorize` (RFC 6749 4.1.1): a page, a redirect with `code`, or a redirect with `error`.
 * Failures that cannot be told to the app are KOE pages. With `prompt=none`, whatever would need a page is an error; an
 * auto-approval answers in place of the pages.
 */
export function authorize(request: KakaoRequest, world: World): Reply {
  const authorizeRequest = readAuthorizeRequest(request.query, world);
  const isSilent = authorizeRequest.prompt.has('none');
  const approval = isSilent ? undefined : takeAutoApproval(world.autoApprovals, authorizeRequest.key.key);
  const signedIn = userInBrowser(world, request.headers.cookie);
  const user = approval ? world.users.get(approval.userId) : signedIn;
  const link = user && findLink(world.links, authorizeRequest.app, user);
  const pending = pendingConsent(authorizeRequest, link, world);
  if (approval && (!user || approval.decision === 'cancel')) throw new Refusal('access_denied');
  if (isSilent && !user) throw new Refusal('login_required');
  if (isSilent && user?.state !== 'active') throw new Refusal('interaction_required');
  if (isSilent && pending.isShown) throw new Refusal('consent_required');
  const wantsPicker =
    !approval && !isSilent && pickerPrompts.some((prompt) => authorizeRequest.prompt.has(prompt));
  const isKnown = user !== undefined && !wantsPicker;
  const given = isKnown && approval ? agreementBy(approval, pending, user) : noAgreement;
  if (isKnown && (approval || !pending.isShown))
    return grantCode(authorizeRequest, { user, pending, given }, world);
  if (isKnown) checkEntry(authorizeRequest, user);
  const { app } = authorizeRequest;
  return authorizePage(
    authorizeRequest,
    isKnown
      ? renderConsent({ app, user, pending, request }, world)
      : renderPicker(authorizeRequest, request, world),
  );
}

/**
 * `POST /oauth/authorize?…`: the choice on the account picker (`user`, or `create` with `nickname` and `email`)
 * or on the consent page (`user`, `item`…, `term`…, `decision=agree|agree_all|cancel`).
 */
export function answerAuthorize(request: KakaoRequest, world: World): Reply {
  const authorizeRequest = readAuthorizeRequest(request.query, world);
  const { form } = request;
  const decision = form.get('decision');
  if (decision === 'cancel') throw new Refusal('access_denied');
  const user = form.has('create') ? createUser(form, world) : chosenUser(form, world);
  const pending = pendingConsent(authorizeRequest, findLink(world.links, authorizeRequest.app, user), world);
  if (decision !== null)
    return grantCode(authorizeRequest, { user, pending, given: agreementIn(form, pending, user) }, world);
  const headers = { 'Set-Cookie': startAccountSession(world, user.id) };
  if (!pending.isShown) return grantCode(authorizeRequest, { user, pending, given: noAgreement }, world);
  checkEntry(authorizeRequest, user);
  const { app } = authorizeRequest;
  return authorizePage(authorizeRequest, renderConsent({ app, user, pending, request }, world), headers);
}

function chosenUser(form: URLSearchParams, world: World): User {
  const user = world.users.get(form.get('user') ?? '');
  if (!user)
    throw new Refusal('KOE001', {
      verdict: { en: `no such user: ${form.get('user')}`, ko: `없는 사용자입니다: ${form.get('user')}` },
    });
  return user;
}

function createUser(form: URLSearchParams, world: World): User {
  if (world.users.size >= MOST_USERS)
    throw new Refusal('KOE001', {
      verdict: { en: `there are ${MOST_USERS} users already`, ko: `사용자가 이미 ${MOST_USERS}명 있습니다` },
    });
  const user = makeUser(freeUserId(world.users), {
    nickname: form.get('nickname')?.trim() || null,
    email: form.get('email')?.trim() || null,
  });
  world.users.set(user.id, user);
  return user;
}

/** Sends the browser back with a code; the user is linked only when the code is exchanged. */
function grantCode(authorizeRequest: AuthorizeRequest, consent: Consent, world: World): Reply {
  const { user, given } = consent;
  checkEntry(authorizeRequest, user, missingConsent(authorizeRequest.app, consent));
  const { app, key, redirectUri, nonce, codeChallenge, scope, state } = authorizeRequest;
  const at = now(world);
  const login = { client: { app, key }, user, redirectUri, agreed: given, nonce, codeChallenge };
  const wantsIdToken = scope === null || scope.includes('openid');
  const grant = { ...login, wantsIdToken, authTime: Math.floor(at / 1000) };
  return redirectReply(
    authorizeRequest.redirectUri,
    { code: issueCode(world.codes, grant, world.settings.codeLifetimeSeconds, at), state },
    { 'Set-Cookie': startAccountSession(world, user.id) },
  );
}

/** A page whose forms may end at the redirect URI, whose scheme is `kakao{KEY}` for a native key. */
function authorizePage(
  { key, redirectUri }: AuthorizeRequest,
  html: string,
  headers: Record<string, string> = {},
): Reply {
  if (key.type !== 'native') return pageReply(html, 200, headers);
  const policy = pagePolicy(new URL(redirectUri).protocol);
  return pageReply(html, 200, { 'Content-Security-Policy': policy, ...headers });
}
