import { renderKoe } from '../pages/koe.ts';
import { languageOf } from '../pages/language.ts';
import { koeMeaning } from '../refusals/koe-codes.ts';
import { isRedirectError, redirectErrors } from '../refusals/redirect-errors.ts';
import type { Refusal } from '../refusals/refusal.ts';
import { jsonReply, pageReply, type Reply, redirectReply } from '../server/reply.ts';
import type { KakaoRequest } from '../server/request.ts';
import { findClient } from '../world/apps.ts';
import type { World } from '../world/world.ts';

/** How the authorization server answers a refusal: by redirect, on a page, or in JSON. */
export function koeReply(refusal: Refusal, request: KakaoRequest, world: World): Reply {
  const code = String(refusal.code);
  const { mayRedirect, text, verdict } = refusal.reason;
  if (isRedirectError(code)) return errorRedirect(request, redirectErrors[code]);
  if (mayRedirect && world.settings.authorizeErrors === 'redirect')
    return errorRedirect(request, { error: koeMeaning(code).error, description: text ?? verdict?.en ?? '' });
  const isPage = request.path === '/oauth/authorize' || request.path === '/oauth/logout';
  return isPage ? koePage(refusal, request, world) : koeJson(refusal, world);
}

/** Sends the browser back to the app with an error (RFC 6749 4.1.2.1) and the `state`. */
function errorRedirect(
  { query }: KakaoRequest,
  { error, description }: { error: string; description: string },
): Reply {
  const state = query.get('state');
  const base = query.get('redirect_uri') ?? '';
  const reply = redirectReply(base, { error, error_description: description, state });
  const told = `${error}: ${description}`;
  return { ...reply, verdict: { en: `the app is told ${told}`, ko: `앱에 전달된 오류는 ${told}` } };
}

/** Kakao's error page. Its HTTP status is unknown: the setting `koePageStatus`, or that of `koeAnswers` for one code. */
function koePage({ code, reason }: Refusal, request: KakaoRequest, world: World): Reply {
  const koe = String(code);
  const { verdict = koeMeaning(koe).cause, text } = reason;
  const app = findClient(world.apps, request.query.get('client_id'))?.app;
  const language = languageOf(request.headers);
  const html = renderKoe({ koe, verdict: verdict[language], text, app, language, basePath: world.basePath });
  const status = world.settings.koeAnswers[koe]?.status ?? world.settings.koePageStatus;
  return { ...pageReply(html, status, { 'X-Kakao-Emulator-Code': koe }), verdict };
}

/**
 * The refusal of the token endpoint: `{"error", "error_description", "error_code"}` (RFC 6749 5.2 and
 * developers.kakao.com/docs/ko/kakaologin/trouble-shooting), as the setting `koeAnswers` may have changed it.
 * KOE101 carries `WWW-Authenticate`.
 */
function koeJson({ code, reason }: Refusal, world: World): Reply {
  const koe = String(code);
  const usual = koeMeaning(koe);
  const { status = usual.status, error = usual.error, description } = world.settings.koeAnswers[koe] ?? {};
  // A replacer function, because the value may hold `$&` and the like.
  const text = (description ?? usual.text).replace('%s', () => String(reason.value ?? null));
  const challenge: Record<string, string> =
    koe === 'KOE101' ? { 'WWW-Authenticate': 'Bearer error=invalid_client' } : {};
  const reply = jsonReply({ error, error_description: text, error_code: koe }, status, challenge);
  return { ...reply, verdict: reason.verdict ?? { en: text, ko: `${usual.cause.ko} (${text})` } };
}
