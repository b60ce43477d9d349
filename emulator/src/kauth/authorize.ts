import { startAccountSession, userInBrowser } from '../account/session.ts';
import { renderConsent } from '../pages/consent.ts';
import { renderPicker } from '../pages/picker.ts';
import { Refusal } from '../refusals/refusal.ts';
import { pagePolicy, pageReply, type Reply, redirectReply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { type AutoApproval, takeAutoApproval } from '../world/auto-approvals.ts';
import { issueCode } from '../world/codes.ts';
import { freeUserId, MOST_USERS, makeUser, type User } from '../world/users.ts';
import { now, type World } from '../world/world.ts';
import { type AuthorizeRequest, readAuthorizeRequest } from './authorize-request.ts';
import {
  type Agreement,
  agreementBy,
  agreementIn,
  checkConsent,
  noAgreement,
  pendingConsent,
} from './consent.ts';

/** Prompts that want an account to be chosen, whoever is signed in. */
const pickerPrompts = ['login', 'select_account', 'create', 'cert'];

/**
 * `GET /oauth/authorize` (RFC 6749 4.1.1): a page, a redirect with `code`, or a redirect with `error`.
 * Failures that cannot be told to the app are KOE pages.
 */
export function authorize(request: KakaoRequest, world: World): Reply {
  const asked = readAuthorizeRequest(request.query, world);
  const user = userInBrowser(world, request.headers.cookie);
  if (asked.prompt.has('none')) return grantSilently(asked, user, world);
  const order = takeAutoApproval(world.autoApprovals, asked.key.key);
  if (order) return approve(order, asked, world);
  const wantsPicker = pickerPrompts.some((prompt) => asked.prompt.has(prompt));
  if (user && !wantsPicker) return continueAs(user, { asked, request }, world);
  return authorizePage(renderPicker(asked, request, world), asked);
}

/**
 * `POST /oauth/authorize?…`: what was pressed on the account picker (`user`, or `create` with `nickname` and `email`)
 * or on the consent page (`user`, `item`…, `term`…, `decision=agree|agree_all|cancel`).
 */
export function answerAuthorize(request: KakaoRequest, world: World): Reply {
  const { query, form } = request;
  const asked = readAuthorizeRequest(query, world);
  const decision = form.get('decision');
  if (decision === 'cancel') throw new Refusal('access_denied', { returnTo: asked });
  const user = form.has('create') ? createUser(form, asked, world) : chosenUser(form, asked, world);
  if (decision === null) {
    const cookie = startAccountSession(world, user.id);
    return continueAs(user, { asked, request, headers: { 'Set-Cookie': cookie } }, world);
  }
  const pending = pendingConsent(asked, user, world);
  const given = agreementIn(form, pending, user);
  checkConsent(asked, { user, pending, given });
  return grantCode(asked, { user, given }, world);
}

function chosenUser(form: URLSearchParams, { app }: AuthorizeRequest, world: World): User {
  const user = world.users.get(form.get('user') ?? '');
  if (!user) throw new Refusal('KOE001', { app, verdict: `no such user: ${form.get('user')}` });
  return user;
}

function createUser(form: URLSearchParams, { app }: AuthorizeRequest, world: World): User {
  if (world.users.size >= MOST_USERS)
    throw new Refusal('KOE001', { app, verdict: `there are ${MOST_USERS} users already` });
  const user = makeUser(freeUserId(world.users), {
    nickname: form.get('nickname')?.trim() || null,
    email: form.get('email')?.trim() || null,
  });
  world.users.set(user.id, user);
  return user;
}

/** `prompt=none`: whatever would need a page is an error instead. */
function grantSilently(asked: AuthorizeRequest, user: User | undefined, world: World): Reply {
  if (!user) throw new Refusal('login_required', { returnTo: asked });
  if (user.state !== 'active') throw new Refusal('interaction_required', { returnTo: asked });
  if (pendingConsent(asked, user, world).isShown) throw new Refusal('consent_required', { returnTo: asked });
  return grantCode(asked, { user, given: noAgreement }, world);
}

/** A standing order answers in the place of the pages. */
function approve(order: AutoApproval, asked: AuthorizeRequest, world: World): Reply {
  const user = world.users.get(order.userId);
  if (!user || order.decision === 'cancel') throw new Refusal('access_denied', { returnTo: asked });
  const pending = pendingConsent(asked, user, world);
  const given = agreementBy(order, pending, user);
  checkConsent(asked, { user, pending, given });
  return grantCode(asked, { user, given }, world);
}

/** What a browser has asked, and the headers that its next page has. */
interface Visit {
  readonly asked: AuthorizeRequest;
  readonly request: KakaoRequest;
  readonly headers?: Record<string, string>;
}

/** Goes on for a user who is known: a code at once, or the consent page. */
function continueAs(user: User, { asked, request, headers }: Visit, world: World): Reply {
  checkEntry(asked, user);
  const pending = pendingConsent(asked, user, world);
  if (!pending.isShown) return grantCode(asked, { user, given: noAgreement }, world);
  const { app } = asked;
  const html = renderConsent({ app, user, pending, request, basePath: world.basePath });
  return authorizePage(html, asked, headers);
}

/** Sends the browser back with a code; the user is linked only when the code is exchanged. */
function grantCode(
  asked: AuthorizeRequest,
  { user, given }: { user: User; given: Agreement },
  world: World,
): Reply {
  checkEntry(asked, user);
  const { app, key, redirectUri, nonce, codeChallenge, scope, state } = asked;
  const at = now(world);
  const wantsIdToken = scope === null || scope.includes('openid');
  const authTime = Math.floor(at / 1000);
  const login = { client: { app, key }, user, redirectUri, agreed: given, nonce, codeChallenge };
  const grant = { ...login, wantsIdToken, authTime };
  const code = issueCode(world.codes, grant, world.settings.codeLifetimeSeconds, at);
  const cookie = startAccountSession(world, user.id);
  return redirectReply(redirectUri, { code, state }, { 'Set-Cookie': cookie });
}

/** Keeps people out whom the app may not have: KOE005 (no member of a test app), `access_denied` (under 14). */
function checkEntry(asked: AuthorizeRequest, user: User): void {
  const { app } = asked;
  if (user.under14 && !app.under14Allowed) throw new Refusal('under_age_14', { returnTo: asked });
  if (app.type === 'test' && !app.members.includes(user.id))
    throw new Refusal('KOE005', {
      app,
      verdict: `user ${user.id} is no member of the test app ${app.appId}`,
    });
}

/** A page whose forms may end at the redirect URI, whose scheme is `kakao{KEY}` for a native key. */
function authorizePage(
  html: string,
  { key, redirectUri }: AuthorizeRequest,
  headers: Record<string, string> = {},
): Reply {
  if (key.type !== 'native') return pageReply(html, 200, headers);
  const policy = pagePolicy(new URL(redirectUri).protocol);
  return pageReply(html, 200, { 'Content-Security-Policy': policy, ...headers });
}
