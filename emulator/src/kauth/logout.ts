import { renderLogout } from '../pages/logout.ts';
import { pageReply, type Reply, redirectReply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { announce } from '../webhooks/announce.ts';
import type { App } from '../world/apps.ts';
import { findClient } from '../world/clients.ts';
import { findLink, revokeLogins } from '../world/links.ts';
import { now, type World } from '../world/world.ts';
import { accountInBrowser, endAccountSession } from './account-cookie.ts';
import { unknownClient } from './client-refusal.ts';
import { type KoeRefusal, koePage } from './koe-page.ts';

/** `GET /oauth/logout`: asks whether to log out of the Kakao Account as well. KOE101, KOE125, KOE008, KOE007 pages. */
export function logout(request: KakaoRequest, world: World): Reply {
  const app = logoutApp(request, world);
  if ('koe' in app) return koePage(app, request, world);
  const userId = accountInBrowser(world, request.headers.cookie);
  return pageReply(renderLogout(app, world.users.get(userId ?? '') ?? null, request, world));
}

/** `POST /oauth/logout?…` with `choice=account|service`: back to `logout_redirect_uri` with `state`. */
export function answerLogout(request: KakaoRequest, world: World): Reply {
  const app = logoutApp(request, world);
  if ('koe' in app) return koePage(app, request, world);
  const uri = request.query.get('logout_redirect_uri') ?? '';
  const state = { state: request.query.get('state') };
  if (request.form.get('choice') === 'service') return redirectReply(uri, state);
  if (world.settings.accountLogout === 'revokes_tokens') revokeTokens(app, request, world);
  return redirectReply(uri, state, {
    'Set-Cookie': endAccountSession(world, request.headers.cookie),
  });
}

function revokeTokens(app: App, request: KakaoRequest, world: World): void {
  const user = world.users.get(accountInBrowser(world, request.headers.cookie) ?? '');
  const link = user && findLink(world.links, app, user);
  if (!link) return;
  revokeLogins(link, { how: 'logout with the Kakao Account', at: now(world), request: request.id });
  announce(world, { name: 'tokens-revoked', app, userId: link.userId });
}

function logoutApp({ query }: KakaoRequest, world: World): App | KoeRefusal {
  const client = findClient(world.apps, query.get('client_id'));
  if (!client) return unknownClient(query.get('client_id'), world);
  const { app, key } = client;
  if (app.sanctioned) return { koe: 'KOE125', detail: `app ${app.appId} is sanctioned`, app };
  if (key.type !== 'rest')
    return { koe: 'KOE008', detail: `client_id is a ${key.type} key; logout takes a REST API key`, app };
  const sent = query.get('logout_redirect_uri') ?? '';
  if (app.logoutRedirectUris.includes(sent)) return app;
  const registered = app.logoutRedirectUris.map((uri) => `registered: ${uri}`);
  return {
    koe: 'KOE007',
    detail: [`logout_redirect_uri is not registered: ${sent}`, ...registered].join('\n'),
    app,
  };
}
