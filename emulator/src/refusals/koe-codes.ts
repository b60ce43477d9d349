import type { Bilingual } from '../world/consent-items.ts';

const [AUTHORIZE, TOKEN] = ['/oauth/authorize', '/oauth/token'];
const DOCUMENTED = 'kakaologin/trouble-shooting';
const OBSERVED = 'observed by developers';

/** What a KOE code means and how it is answered. */
export interface KoeMeaning {
  /** When Kakao gives it, in words. */
  readonly cause: Bilingual;
  /** Where Kakao gives it, the usual place first. */
  readonly endpoints: readonly string[];
  /** What a JSON answer has: HTTP status, `error` and `error_description`, where `%s` is a value of the request. */
  readonly status: number;
  readonly error: string;
  readonly text: string;
  /** The heading of a page. */
  readonly heading: 'badRequest' | 'adminSettingsIssue';
  /** A page of developers.kakao.com/docs/ko, or who saw it. */
  readonly source: string;
}

/**
 * Every KOE code. Statuses 401 and those of KOE313 and KOE320 were recorded live; the other statuses, and the texts of
 * KOE126, KOE127, KOE310 and KOE319, are unknown and can be changed by the setting `koeAnswers`.
 */
export const koeCodes: Readonly<Record<string, KoeMeaning>> = {
  KOE001: badRequest({
    en: 'the request is malformed, such as a parameter sent twice',
    ko: '요청 형식이 잘못되었습니다. 예: 같은 파라미터를 두 번 보냄',
  }),
  KOE002: badRequest({ en: 'the URL is wrong', ko: '잘못된 주소입니다' }),
  KOE003: {
    ...answer(400, {
      error: 'server_error',
      text: 'temporary failure',
      cause: { en: 'Kakao fails', ko: '카카오 쪽의 일시적인 오류입니다' },
    }),
    endpoints: [AUTHORIZE, TOKEN],
  },
  KOE004: settingsIssue({ en: 'Kakao Login is OFF for the app', ko: '앱의 카카오 로그인이 꺼져 있습니다' }),
  KOE005: settingsIssue({ en: 'a test app, and the user is not a member', ko: '테스트 앱 멤버가 아닙니다' }),
  KOE006: settingsIssue({
    en: 'redirect_uri is not registered under the key',
    ko: 'redirect_uri 값이 키에 등록되어 있지 않습니다',
  }),
  KOE007: {
    ...settingsIssue({
      en: 'logout_redirect_uri is not registered',
      ko: 'logout_redirect_uri 값이 등록되어 있지 않습니다',
    }),
    endpoints: ['/oauth/logout'],
  },
  KOE008: {
    ...settingsIssue({ en: 'the key is of the wrong type', ko: '키의 종류가 맞지 않습니다' }),
    endpoints: [AUTHORIZE, '/oauth/logout'],
  },
  KOE009: {
    ...answer(400, {
      error: 'misconfigured',
      text: 'invalid android_key_hash or ios_bundle_id or web_site_url',
      cause: { en: 'the platform is not registered under the key', ko: '키에 등록되지 않은 플랫폼입니다' },
    }),
    endpoints: [TOKEN, AUTHORIZE],
  },
  KOE010: answer(401, {
    error: 'invalid_client',
    text: 'Bad client credentials',
    cause: { en: 'client_secret is missing or wrong', ko: 'client_secret 값이 없거나 틀렸습니다' },
  }),
  KOE023: settingsIssue({
    en: 'the popup login of the JavaScript SDK cannot be used',
    ko: 'JavaScript SDK의 팝업 로그인을 쓸 수 없습니다',
  }),
  KOE101: {
    ...answer(401, {
      error: 'invalid_client',
      text: 'Not exist client_id [%s]',
      cause: { en: 'client_id is no platform key', ko: 'client_id 값이 앱 키가 아닙니다' },
    }),
    endpoints: [AUTHORIZE, TOKEN, '/oauth/logout'],
  },
  KOE102: settingsIssue(
    {
      en: 'channel_public_id names a channel that is not linked to the app',
      ko: 'channel_public_id의 채널이 앱에 연결되어 있지 않습니다',
    },
    'invalid_client',
  ),
  KOE114: seen(
    answer(400, {
      error: 'invalid_grant',
      text: 'Application ID mismatch',
      cause: { en: 'authorize used another key', ko: '인가 요청에 쓴 키와 다릅니다' },
    }),
  ),
  KOE125: {
    ...settingsIssue({ en: 'the app or its developer is sanctioned', ko: '제재된 앱이나 개발자입니다' }),
    endpoints: [AUTHORIZE, TOKEN],
  },
  KOE126: seen(
    answer(400, {
      error: 'misconfigured',
      text: 'the key is misconfigured',
      cause: { en: 'the key is configured wrongly', ko: '키 설정이 잘못되었습니다' },
    }),
  ),
  KOE127: seen(
    answer(400, {
      error: 'misconfigured',
      text: 'ip mismatched! callerIp=%s',
      cause: { en: 'the server is not allowed to use the key', ko: '키의 허용 IP가 아닌 서버입니다' },
    }),
  ),
  KOE201: badRequest({ en: 'response_type is not supported', ko: '지원하지 않는 response_type입니다' }),
  KOE202: badRequest({
    en: 'response_type=token, the implicit grant',
    ko: 'response_type=token(암시적 방식)은 지원하지 않습니다',
  }),
  KOE203: badRequest({
    en: 'a required consent item was not agreed to',
    ko: '필수 동의 항목에 동의하지 않았습니다',
  }),
  KOE204: badRequest({ en: 'a parameter is invalid', ko: '잘못된 파라미터가 있습니다' }),
  KOE205: badRequest(
    {
      en: 'scope names a consent item that the app has not enabled',
      ko: '앱에서 켜지 않은 동의 항목을 scope로 요청했습니다',
    },
    'invalid_scope',
  ),
  KOE207: badRequest({ en: 'a required parameter is missing', ko: '필수 파라미터가 없습니다' }),
  KOE237: answer(400, {
    error: 'invalid_request',
    text: 'token request rate limit exceeded',
    cause: {
      en: 'more than 20 access tokens in 10 minutes or 30 refresh tokens in 60 minutes for one user',
      ko: '한 사용자의 토큰 발급 한도를 넘었습니다(10분에 액세스 토큰 20개, 60분에 리프레시 토큰 30개)',
    },
  }),
  KOE303: answer(400, {
    error: 'invalid_grant',
    text: 'Redirect URI mismatch.',
    cause: { en: 'redirect_uri is not that of authorize', ko: 'redirect_uri 값이 인가 요청과 다릅니다' },
  }),
  KOE310: answer(400, {
    error: 'unsupported_grant_type',
    text: 'unsupported grant_type: %s',
    cause: { en: 'grant_type is not supported', ko: '지원하지 않는 grant_type입니다' },
  }),
  KOE313: seen(
    answer(400, {
      error: 'invalid_grant',
      text: 'PKCE validation failed. transformed code verifier does not match code challenge.',
      cause: { en: 'code_verifier is missing or wrong', ko: 'code_verifier 값이 없거나 틀렸습니다' },
    }),
  ),
  KOE319: answer(400, {
    error: 'invalid_grant',
    text: 'refresh_token is missing',
    cause: { en: 'refresh_token was not sent', ko: 'refresh_token 값을 보내지 않았습니다' },
  }),
  KOE320: answer(400, {
    error: 'invalid_grant',
    text: 'authorization code not found for code=%s',
    cause: { en: 'the code is unknown, used or expired', ko: '없거나 이미 쓰였거나 만료된 코드입니다' },
  }),
  KOE322: answer(400, {
    error: 'invalid_grant',
    text: 'expired_or_invalid_refresh_token',
    cause: {
      en: 'the refresh token is unknown, expired or revoked',
      ko: '없거나 만료되었거나 폐기된 리프레시 토큰입니다',
    },
  }),
  KOE400: {
    ...answer(400, {
      error: 'invalid_token',
      text: '%s',
      cause: { en: 'the ID token is invalid', ko: 'ID 토큰이 올바르지 않습니다' },
    }),
    endpoints: ['/oauth/tokeninfo'],
  },
};

/** The meaning of a code; an unknown one is answered like a bad request. */
export function koeMeaning(code: string): KoeMeaning {
  return koeCodes[code] ?? badRequest({ en: 'no code of Kakao', ko: '카카오에 없는 코드입니다' });
}

function answer(
  status: number,
  words: { readonly error: string; readonly text: string; readonly cause: Bilingual },
): KoeMeaning {
  return { ...words, endpoints: [TOKEN], status, heading: 'adminSettingsIssue', source: DOCUMENTED };
}

function settingsIssue(cause: Bilingual, error = 'misconfigured'): KoeMeaning {
  return { ...answer(400, { error, text: cause.en, cause }), endpoints: [AUTHORIZE] };
}

function badRequest(cause: Bilingual, error = 'invalid_request'): KoeMeaning {
  return { ...settingsIssue(cause, error), heading: 'badRequest' };
}

function seen(meaning: KoeMeaning): KoeMeaning {
  return { ...meaning, source: OBSERVED };
}
