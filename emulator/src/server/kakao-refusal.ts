import { kapiError } from '../kapi/error.ts';
import { sendBack } from '../kauth/authorize-error.ts';
import { refuseAuthorize } from '../kauth/authorize-refusal.ts';
import { isRefusal, readAuthorizeRequest } from '../kauth/authorize-request.ts';
import { koeError } from '../kauth/error.ts';
import { koePage } from '../kauth/koe-page.ts';
import { kapiCodes } from '../refusals/kapi-codes.ts';
import { koeMeaning } from '../refusals/koe-codes.ts';
import { isRedirectError, type RedirectErrorName } from '../refusals/redirect-errors.ts';
import { findClient } from '../world/clients.ts';
import type { World } from '../world/world.ts';
import type { Reply } from './reply.ts';
import type { KakaoRequest } from './request.ts';

/**
 * Kakao's refusal with this code, though nothing is wrong with the request: of kapi for a number, on a page or in JSON
 * for a KOE code, by redirect for a name such as `access_denied`.
 */
export function kakaoRefusal(code: number | string, request: KakaoRequest, world: World): Reply {
  if (typeof code === 'number') {
    const reply = kapiError(code);
    return { ...reply, status: kapiCodes.get(code)?.statusAt?.[request.path] ?? reply.status };
  }
  if (isRedirectError(code)) return redirectedRefusal(code, request, world);
  const isPage = request.path === '/oauth/authorize' || request.path === '/oauth/logout';
  return isPage ? pageRefusal(code, request, world) : koeError(code, world, 'a fault');
}

/** An error goes to the redirect URI only when that is right. */
function redirectedRefusal(name: RedirectErrorName, request: KakaoRequest, world: World): Reply {
  const asked = readAuthorizeRequest(request.query, world);
  return isRefusal(asked) ? refuseAuthorize(asked, request, world) : sendBack(asked, name);
}

function pageRefusal(koe: string, request: KakaoRequest, world: World): Reply {
  const detail = `${koeMeaning(koe).cause}\nbecause of a fault set through the control API`;
  const app = findClient(world.apps, request.query.get('client_id'))?.app ?? null;
  return koePage({ koe, detail, app }, request, world);
}
