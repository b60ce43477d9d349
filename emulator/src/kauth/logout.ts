import { renderLogout } from '../pages/logout.ts';
import { unregisteredVerdict } from '../refusals/difference.ts';
import { Refusal } from '../refusals/refusal.ts';
import { pageReply, type Reply, redirectReply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { announce } from '../webhooks/announce.ts';
import { endAccountSession, userInBrowser } from '../world/account-cookie.ts';
import type { App } from '../world/apps.ts';
import { findLink, revokeLogins } from '../world/links.ts';
import { now, type World } from '../world/world.ts';
import { sanctionedVerdict } from './authorize-request.ts';
import { identifyClient } from './client.ts';

/** `GET /oauth/logout`: asks whether to log out of the Kakao Account as well. KOE101, KOE125, KOE008, KOE007 pages. */
export function logout(request: KakaoRequest, world: World): Reply {
  const app = logoutApp(request, world);
  const user = userInBrowser(world, request.headers.cookie);
  return pageReply(renderLogout({ app, user }, request, world));
}

/** `POST /oauth/logout?…` with `choice=account|service`: back to `logout_redirect_uri` with `state`. */
export function answerLogout(request: KakaoRequest, world: World): Reply {
  const app = logoutApp(request, world);
  const uri = request.query.get('logout_redirect_uri') ?? '';
  const state = { state: request.query.get('state') };
  if (request.form.get('choice') === 'service') return redirectReply(uri, state);
  if (world.settings.accountLogout === 'revokes_tokens') revokeTokens(app, request, world);
  return redirectReply(uri, state, {
    'Set-Cookie': endAccountSession(world, request.headers.cookie),
  });
}

function logoutApp({ query }: KakaoRequest, world: World): App {
  const { app, key } = identifyClient(query.get('client_id'), world);
  if (app.sanctioned) throw new Refusal('KOE125', { verdict: sanctionedVerdict(app) });
  if (key.type !== 'rest') {
    const verdict = {
      en: `client_id is a ${key.type} key; logout takes a REST API key`,
      ko: `client_id 값이 ${key.type} 키입니다. 로그아웃에는 REST API 키를 써야 합니다`,
    };
    throw new Refusal('KOE008', { verdict });
  }
  const sent = query.get('logout_redirect_uri') ?? '';
  if (app.logoutRedirectUris.includes(sent)) return app;
  const verdict =
    sent === ''
      ? { en: 'logout_redirect_uri was not sent', ko: 'logout_redirect_uri 값을 보내지 않았습니다' }
      : unregisteredVerdict('logout_redirect_uri', sent, app.logoutRedirectUris);
  throw new Refusal('KOE007', { verdict });
}

function revokeTokens(app: App, request: KakaoRequest, world: World): void {
  const user = userInBrowser(world, request.headers.cookie);
  const link = user && findLink(world.links, app, user);
  if (!link) return;
  revokeLogins(link, {
    how: { en: 'logout with the Kakao Account', ko: '카카오계정과 함께 로그아웃' },
    at: now(world),
    request: request.id,
  });
  announce(world, { name: 'tokens-revoked', app, userId: link.userId });
}
