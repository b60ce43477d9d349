import * as kakaoLogin from './app/api/auth/kakao/route';
import * as live from './app/api/health/live/route';
import * as ready from './app/api/health/ready/route';
import * as me from './app/api/me/route';
import * as accountState from './app/api/webhooks/kakao/account-state/route';
import * as unlink from './app/api/webhooks/kakao/unlink/route';
import * as callback from './app/login/callback/route';
import * as login from './app/login/kakao/route';
import type { RouteExports } from './lib/http/route';

/** The route files that server.ts calls itself, by their exact paths. Whatever is not here is Next's. */
export const hotRoutes: ReadonlyMap<string, RouteExports> = new Map<string, RouteExports>([
  ['/api/auth/kakao', kakaoLogin],
  ['/api/health/live', live],
  ['/api/health/ready', ready],
  ['/api/me', me],
  ['/api/webhooks/kakao/account-state', accountState],
  ['/api/webhooks/kakao/unlink', unlink],
  ['/login/callback', callback],
  ['/login/kakao', login],
]);
