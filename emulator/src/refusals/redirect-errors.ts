import type { Bilingual } from '../world/consent-items.ts';

/** An error that the browser carries back to the app: `error` and `error_description` (RFC 6749 4.1.2.1). */
export interface RedirectError {
  readonly error: string;
  readonly description: string;
  /** When Kakao gives it, in words. */
  readonly cause: Bilingual;
  /** A page of developers.kakao.com/docs/ko, or the official SDKs' source. */
  readonly source: string;
}

/** Every such error by a name of its own; those of the SDKs have texts of our own and no genuine cause. */
export const redirectErrors = {
  access_denied: documented('access_denied', 'User denied access', {
    en: 'the user cancels',
    ko: '사용자가 취소했습니다',
  }),
  under_age_14: documented('access_denied', 'Not allowed under age 14', {
    en: 'the user is under 14 and the app allows none',
    ko: '사용자가 만 14세 미만이고 앱이 허용하지 않습니다',
  }),
  login_required: documented('login_required', 'user authentication required.', {
    en: 'prompt=none, and nobody is logged in at Kakao',
    ko: 'prompt=none인데 카카오에 로그인되어 있지 않습니다',
  }),
  consent_required: documented('consent_required', 'user consent required.', {
    en: 'prompt=none, and consent is missing',
    ko: 'prompt=none인데 동의가 필요합니다',
  }),
  interaction_required: documented(
    'interaction_required',
    'need to collect additional personal information.',
    { en: 'prompt=none, and another step is needed', ko: 'prompt=none인데 다른 절차가 필요합니다' },
  ),
  auto_login: inSdks('auto_login', 'auto login failed', {
    en: 'automatic login of Kakao Sync',
    ko: '카카오싱크 자동 로그인에 실패했습니다',
  }),
  invalid_request: inSdks('invalid_request', 'invalid request', {
    en: 'the request is invalid',
    ko: '요청이 잘못되었습니다',
  }),
  invalid_scope: inSdks('invalid_scope', 'invalid scope', {
    en: 'a scope is invalid',
    ko: 'scope가 잘못되었습니다',
  }),
  unauthorized_client: inSdks('unauthorized_client', 'unauthorized client', {
    en: 'the app may not do this',
    ko: '앱이 할 수 없는 요청입니다',
  }),
  server_error: inSdks('server_error', 'server error', {
    en: 'Kakao fails',
    ko: '카카오 쪽의 일시적인 오류입니다',
  }),
  misconfigured: inSdks('misconfigured', 'misconfigured', {
    en: 'the app is configured wrongly',
    ko: '앱 설정이 잘못되었습니다',
  }),
  unauthorized: inSdks('unauthorized', 'unauthorized', {
    en: 'the app has no permission',
    ko: '앱에 권한이 없습니다',
  }),
} satisfies Record<string, RedirectError>;

export type RedirectErrorName = keyof typeof redirectErrors;

/** Whether there is a redirect error of this name. */
export function isRedirectError(name: string): name is RedirectErrorName {
  return Object.hasOwn(redirectErrors, name);
}

function documented(error: string, description: string, cause: Bilingual): RedirectError {
  return { error, description, cause, source: 'kakaologin/rest-api' };
}

function inSdks(error: string, description: string, cause: Bilingual): RedirectError {
  return { error, description, cause, source: 'official SDK source' };
}
