import { account, answerAccount } from '../account/account-page.ts';
import { userApis } from '../kapi/user-apis.ts';
import { answerAuthorize } from '../kauth/answer-authorize.ts';
import { authorize } from '../kauth/authorize.ts';
import { discovery } from '../kauth/discovery.ts';
import { eventConfiguration } from '../kauth/event-configuration.ts';
import { jwks } from '../kauth/jwks.ts';
import { answerLogout, logout } from '../kauth/logout.ts';
import { token } from '../kauth/token.ts';
import { tokeninfo } from '../kauth/tokeninfo.ts';
import { landing } from '../pages/landing.ts';
import { picture } from '../pages/picture.ts';
import { stylesheet } from '../pages/stylesheet.ts';
import type { Handler } from './request.ts';

type Methods = Readonly<Record<string, Handler>>;

const routes = new Map<string, Methods>(
  Object.entries({
    '/': { GET: landing },
    '/account': { GET: account, POST: answerAccount },
    '/__emulator/pages.css': { GET: stylesheet },
    '/__emulator/picture': { GET: picture },
    '/.well-known/openid-configuration': { GET: discovery },
    '/.well-known/jwks.json': { GET: jwks },
    '/.well-known/sse-configuration': { GET: eventConfiguration },
    '/oauth/authorize': { GET: authorize, POST: answerAuthorize },
    '/oauth/token': { POST: token },
    '/oauth/tokeninfo': { POST: tokeninfo },
    '/oauth/logout': { GET: logout, POST: answerLogout },
    ...userApis,
  }),
);

/** The handlers of a path by method, or `undefined` where Kakao has nothing. */
export function findRoute(path: string): Methods | undefined {
  return routes.get(path);
}

/** Everything that Kakao (rather than the emulator itself) has: `GET /path`. */
export function kakaoEndpoints(): string[] {
  const paths = [...routes].filter(([path]) => isKakaoPath(path));
  return paths.flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
}

/** Every path of Kakao. */
export function kakaoPaths(): string[] {
  return [...routes.keys()].filter((path) => !isOwnPath(path));
}

/** Whether Kakao (rather than the emulator itself) has this path, so that a fault can wait there. */
export function isKakaoPath(path: string): boolean {
  return routes.has(path) && !isOwnPath(path);
}

/** Whether this is a path of the emulator itself, for people and for tests. */
export function isOwnPath(path: string): boolean {
  return ['/', '/account', '/favicon.ico'].includes(path) || path.startsWith('/__emulator');
}
