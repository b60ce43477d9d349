import {
  accountInBrowser,
  endAccountSession,
  endAccountSessions,
  startAccountSession,
} from '../kauth/account-cookie.ts';
import { renderAccount } from '../pages/account.ts';
import { type AccountAlert, type AccountNotice, accountNotices } from '../pages/account-text.ts';
import { languageOf } from '../pages/language.ts';
import { kakaoHosts } from '../server/kakao-hosts.ts';
import { isFromOtherOrigin, strangeHost } from '../server/origin.ts';
import { emptyReply, pageReply, type Reply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { consentStateOf } from '../world/apps.ts';
import { type Link, linksOf } from '../world/links.ts';
import type { User } from '../world/users.ts';
import type { World } from '../world/world.ts';
import { announceEverywhere } from './announce-everywhere.ts';
import { deleteAccount } from './delete-account.ts';
import { withdraw } from './link-app.ts';
import { unlinkApp } from './unlink-app.ts';

/** So that browsers say truly where a form of this page comes from. */
const OWN_REFERRER = { 'Referrer-Policy': 'same-origin' };

/** `GET /account`: the Kakao Account of this browser with its connected services, or whose it is to be. */
export function account(request: KakaoRequest, world: World): Reply {
  const notice = accountNotices.find((known) => known === request.query.get('done'));
  return page(request, world, 200, { notice });
}

/** `POST /account`: what was pressed there; 303 back to the page, 400 for what cannot be done, 403 for other origins. */
export function answerAccount(request: KakaoRequest, world: World): Reply {
  if (isFromOtherOrigin(request) || isRebound(request, world))
    return refuse(request, world, 'otherOrigin', 403);
  const chosen = world.users.get(request.form.get('user') ?? '');
  if (chosen) return back(world, null, startAccountSession(world, chosen.id));
  const user = userOf(request, world);
  if (!user) return refuse(request, world, 'notPossible');
  return changeAccountOf(user, request.form.get('action'), request, world);
}

/** Kakao's own names are nobody else's to point here. */
function isRebound(request: KakaoRequest, world: World): boolean {
  const host = strangeHost(request, world);
  return host !== undefined && !kakaoHosts.includes(host);
}

function changeAccountOf(user: User, action: string | null, request: KakaoRequest, world: World): Reply {
  if (action === 'sign-out') return signOut(request, world, null);
  if (action === 'change-password') {
    announceEverywhere(world, user, 'credential-change');
    return back(world, 'passwordChanged');
  }
  if (action === 'sign-out-everywhere') {
    endAccountSessions(world, user.id);
    announceEverywhere(world, user, 'sessions-revoked');
    return signOut(request, world, 'signedOutEverywhere');
  }
  if (action === 'delete') {
    deleteAccount(world, user, 'ACCOUNT_DELETE');
    return signOut(request, world, 'deleted');
  }
  const link = linksOf(world.links, user).find(({ app }) => String(app.appId) === request.form.get('app'));
  if (action === 'disconnect' || action === 'withdraw')
    return link ? changeLink(link, action, request, world) : refuse(request, world, 'notConnected');
  return refuse(request, world, 'notPossible');
}

function changeLink(
  link: Link,
  action: 'disconnect' | 'withdraw',
  request: KakaoRequest,
  world: World,
): Reply {
  if (action === 'disconnect') {
    unlinkApp(world, link, 'UNLINK_FROM_APPS');
    return back(world, 'disconnected');
  }
  const item = request.form.get('item') ?? '';
  if (consentStateOf(link.app, item) === 'required') return refuse(request, world, 'notRevocable');
  withdraw(world, link, [item]);
  return back(world, 'withdrawn');
}

function userOf(request: KakaoRequest, world: World): User | undefined {
  return world.users.get(accountInBrowser(world, request.headers.cookie) ?? '');
}

function signOut(request: KakaoRequest, world: World, notice: AccountNotice | null): Reply {
  return back(world, notice, endAccountSession(world, request.headers.cookie));
}

function back(world: World, notice: AccountNotice | null, cookie?: string): Reply {
  const query = notice === null ? '' : `?done=${notice}`;
  const headers = { Location: `${world.basePath}/account${query}`, 'Cache-Control': 'no-store' };
  return emptyReply(303, cookie === undefined ? headers : { ...headers, 'Set-Cookie': cookie });
}

function refuse(request: KakaoRequest, world: World, alert: AccountAlert, status = 400): Reply {
  return page(request, world, status, { alert });
}

function page(
  request: KakaoRequest,
  world: World,
  status: number,
  said: { notice?: AccountNotice | undefined; alert?: AccountAlert },
): Reply {
  const html = renderAccount(
    { user: userOf(request, world), language: languageOf(request.headers), ...said },
    world,
  );
  return pageReply(html, status, OWN_REFERRER);
}
