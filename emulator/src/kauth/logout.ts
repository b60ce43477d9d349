import { renderLogout } from '../pages/logout.ts';
import { pageReply, type Reply, redirectReply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import type { App } from '../world/apps.ts';
import { findClient } from '../world/clients.ts';
import type { World } from '../world/world.ts';
import { accountInBrowser, endAccountSession } from './account-cookie.ts';
import { type KoeRefusal, koePage } from './koe-page.ts';

/** `GET /oauth/logout`: asks whether to log out of the Kakao Account as well. KOE101, KOE007 pages. */
export function logout(request: KakaoRequest, world: World): Reply {
  const app = logoutApp(request, world);
  if ('koe' in app) return koePage(app, request, world);
  const userId = accountInBrowser(world, request.headers.cookie);
  return pageReply(renderLogout(app, world.users.get(userId ?? '') ?? null, request));
}

/** `POST /oauth/logout?…` with `choice=account|service`: back to `logout_redirect_uri` with `state`. */
export function answerLogout(request: KakaoRequest, world: World): Reply {
  const app = logoutApp(request, world);
  if ('koe' in app) return koePage(app, request, world);
  const uri = request.query.get('logout_redirect_uri') ?? '';
  const state = { state: request.query.get('state') };
  if (request.form.get('choice') === 'service') return redirectReply(uri, state);
  return redirectReply(uri, state, {
    'Set-Cookie': endAccountSession(world, request.headers.cookie),
  });
}

function logoutApp({ query }: KakaoRequest, world: World): App | KoeRefusal {
  const app = findClient(world.apps, query.get('client_id'))?.app;
  if (!app)
    return { koe: 'KOE101', detail: `client_id is no REST API key: ${query.get('client_id')}`, app: null };
  const sent = query.get('logout_redirect_uri') ?? '';
  if (app.logoutRedirectUris.includes(sent)) return app;
  const registered = app.logoutRedirectUris.map((uri) => `registered: ${uri}`);
  return {
    koe: 'KOE007',
    detail: [`logout_redirect_uri is not registered: ${sent}`, ...registered].join('\n'),
    app,
  };
}
