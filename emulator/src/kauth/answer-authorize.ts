import type { Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { freeUserId, MOST_USERS, makeUser, type User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { startAccountSession } from './account-cookie.ts';
import { sendBack } from './authorize-error.ts';
import { refuseAuthorize } from './authorize-refusal.ts';
import { type AuthorizeRequest, isRefusal, readAuthorizeRequest } from './authorize-request.ts';
import { grantIfComplete } from './authorize-result.ts';
import { agreementIn } from './consent-given.ts';
import { continueAs } from './continue-as.ts';
import { koePage } from './koe-page.ts';
import { pendingConsent } from './pending-items.ts';

/**
 * `POST /oauth/authorize?…`: what was pressed on the account picker (`user`, or `create` with `nickname` and `email`)
 * or on the consent page (`user`, `item`…, `term`…, `decision=agree|agree_all|cancel`).
 */
export function answerAuthorize(request: KakaoRequest, world: World): Reply {
  const asked = readAuthorizeRequest(request.query, world);
  if (isRefusal(asked)) return refuseAuthorize(asked, request, world);
  const decision = request.form.get('decision');
  if (decision === 'cancel') return sendBack(asked, 'access_denied');
  const user = request.form.has('create') ? createUser(request.form, world) : chosenUser(request.form, world);
  if (typeof user === 'string')
    return koePage({ koe: 'KOE001', detail: user, app: asked.app }, request, world);
  if (decision === null) return pick(user, asked, request, world);
  return consent(user, asked, request, world);
}

/** The person, or why there is none. */
function chosenUser(form: URLSearchParams, world: World): User | string {
  return world.users.get(form.get('user') ?? '') ?? `no such user: ${form.get('user')}`;
}

function createUser(form: URLSearchParams, world: World): User | string {
  if (world.users.size >= MOST_USERS) return `there are ${MOST_USERS} users already`;
  const user = makeUser(freeUserId(world.users), {
    nickname: form.get('nickname')?.trim() || null,
    email: form.get('email')?.trim() || null,
  });
  world.users.set(user.id, user);
  return user;
}

function pick(user: User, asked: AuthorizeRequest, request: KakaoRequest, world: World): Reply {
  const cookie = startAccountSession(world, user.id);
  return continueAs(user, asked, request, world, { 'Set-Cookie': cookie });
}

function consent(user: User, asked: AuthorizeRequest, request: KakaoRequest, world: World): Reply {
  const pending = pendingConsent(asked, user, world);
  const given = agreementIn(request.form, pending, user);
  return grantIfComplete(asked, user, { pending, given }, request, world);
}
