import { kapiReply } from './kapi/kapi-reply.ts';
import { userApis } from './kapi/user-apis.ts';
import { answerAuthorize, authorize } from './kauth/authorize.ts';
import { readAuthorizeRequest } from './kauth/authorize-request.ts';
import { discovery, eventConfiguration, jwks } from './kauth/discovery.ts';
import { tokeninfo } from './kauth/id-token.ts';
import { koeReply } from './kauth/koe-reply.ts';
import { answerLogout, logout } from './kauth/logout.ts';
import { token } from './kauth/token.ts';
import { account, answerAccount } from './pages/account.ts';
import { picture } from './pages/avatar.ts';
import { landing } from './pages/landing.ts';
import { stylesheet } from './pages/stylesheet.ts';
import { kapiCodes } from './refusals/kapi-codes.ts';
import { koeMeaning } from './refusals/koe-codes.ts';
import { isRedirectError } from './refusals/redirect-errors.ts';
import { Refusal } from './refusals/refusal.ts';
import type { Reply } from './server/reply.ts';
import { isOwnPath, type KakaoRequest, type Methods } from './server/request.ts';
import type { World } from './world/world.ts';

/** Kakao's endpoints and the emulator's own pages, by path and method. */
export const routes: ReadonlyMap<string, Methods> = new Map<string, Methods>(
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

/** The answer to a refusal: in kapi's form for a number, in kauth's for a KOE code or a redirect error. */
export function answerRefusal(refusal: Refusal, request: KakaoRequest, world: World): Reply {
  return typeof refusal.code === 'number' ? kapiReply(refusal) : koeReply(refusal, request, world);
}

/**
 * Kakao's refusal with this code, which a fault forces on a valid request. A redirect error goes to the app only when
 * the request is valid; otherwise it is refused for its own reason.
 */
export function refusalByFault(code: string | number, request: KakaoRequest, world: World): Refusal {
  if (typeof code === 'number')
    return new Refusal(code, { status: kapiCodes.get(code)?.statusAt?.[request.path] });
  if (isRedirectError(code)) readAuthorizeRequest(request.query, world);
  const { en, ko } = koeMeaning(code).cause;
  const verdict = {
    en: `${en}, because of a fault set through the control API`,
    ko: `${ko} (제어 API로 설정한 결함)`,
  };
  return new Refusal(code, { verdict, value: 'a fault' });
}

/** Every endpoint of Kakao, without the emulator's own: `GET /path`. */
export function kakaoEndpoints(): string[] {
  const paths = [...routes].filter(([path]) => isKakaoPath(path));
  return paths.flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method} ${path}`));
}

/** Every path of Kakao. */
export function kakaoPaths(): string[] {
  return [...routes.keys()].filter((path) => !isOwnPath(path));
}

/** Whether Kakao (rather than the emulator itself) has this path, so that it can have faults. */
export function isKakaoPath(path: string): boolean {
  return routes.has(path) && !isOwnPath(path);
}
