const [AUTHORIZE, TOKEN] = ['/oauth/authorize', '/oauth/token'];
const DOCUMENTED = 'kakaologin/trouble-shooting';
const OBSERVED = 'observed by developers';

/** What a KOE code means and how it is answered. */
export interface KoeMeaning {
  /** When Kakao gives it, in words. */
  readonly cause: string;
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
  KOE001: badRequest('the request is malformed, such as a parameter sent twice'),
  KOE002: badRequest('the URL is wrong'),
  KOE003: {
    ...answer(400, { error: 'server_error', text: 'temporary failure', cause: 'Kakao fails' }),
    endpoints: [AUTHORIZE, TOKEN],
  },
  KOE004: settingsIssue('Kakao Login is OFF for the app'),
  KOE005: settingsIssue('a test app, and the user is not a member'),
  KOE006: settingsIssue('redirect_uri is not registered under the key'),
  KOE007: { ...settingsIssue('logout_redirect_uri is not registered'), endpoints: ['/oauth/logout'] },
  KOE008: { ...settingsIssue('the key is of the wrong type'), endpoints: [AUTHORIZE, '/oauth/logout'] },
  KOE009: {
    ...answer(400, {
      error: 'misconfigured',
      text: 'invalid android_key_hash or ios_bundle_id or web_site_url',
      cause: 'the platform is not registered under the key',
    }),
    endpoints: [TOKEN, AUTHORIZE],
  },
  KOE010: answer(401, {
    error: 'invalid_client',
    text: 'Bad client credentials',
    cause: 'client_secret is missing or wrong',
  }),
  KOE023: settingsIssue('the popup login of the JavaScript SDK cannot be used'),
  KOE101: {
    ...answer(401, {
      error: 'invalid_client',
      text: 'Not exist client_id [%s]',
      cause: 'client_id is no platform key',
    }),
    endpoints: [AUTHORIZE, TOKEN, '/oauth/logout'],
  },
  KOE102: settingsIssue('channel_public_id names a channel that is not linked to the app', 'invalid_client'),
  KOE114: seen(
    answer(400, {
      error: 'invalid_grant',
      text: 'Application ID mismatch',
      cause: 'authorize used another key',
    }),
  ),
  KOE125: { ...settingsIssue('the app or its developer is sanctioned'), endpoints: [AUTHORIZE, TOKEN] },
  KOE126: seen(
    answer(400, {
      error: 'misconfigured',
      text: 'the key is misconfigured',
      cause: 'the key is configured wrongly',
    }),
  ),
  KOE127: seen(
    answer(400, {
      error: 'misconfigured',
      text: 'ip mismatched! callerIp=%s',
      cause: 'the server is not allowed to use the key',
    }),
  ),
  KOE201: badRequest('response_type is not supported'),
  KOE202: badRequest('response_type=token, the implicit grant'),
  KOE203: badRequest('a required consent item was not agreed to'),
  KOE204: badRequest('a parameter is invalid'),
  KOE205: badRequest('scope names a consent item that the app has not enabled', 'invalid_scope'),
  KOE207: badRequest('a required parameter is missing'),
  KOE237: answer(400, {
    error: 'invalid_request',
    text: 'token request rate limit exceeded',
    cause: 'more than 20 access tokens in 10 minutes or 30 refresh tokens in 60 minutes for one user',
  }),
  KOE303: answer(400, {
    error: 'invalid_grant',
    text: 'Redirect URI mismatch.',
    cause: 'redirect_uri is not that of authorize',
  }),
  KOE310: answer(400, {
    error: 'unsupported_grant_type',
    text: 'unsupported grant_type: %s',
    cause: 'grant_type is not supported',
  }),
  KOE313: seen(
    answer(400, {
      error: 'invalid_grant',
      text: 'PKCE validation failed. transformed code verifier does not match code challenge.',
      cause: 'code_verifier is missing or wrong',
    }),
  ),
  KOE319: answer(400, {
    error: 'invalid_grant',
    text: 'refresh_token is missing',
    cause: 'refresh_token was not sent',
  }),
  KOE320: answer(400, {
    error: 'invalid_grant',
    text: 'authorization code not found for code=%s',
    cause: 'the code is unknown, used or expired',
  }),
  KOE322: answer(400, {
    error: 'invalid_grant',
    text: 'expired_or_invalid_refresh_token',
    cause: 'the refresh token is unknown, expired or revoked',
  }),
  KOE400: {
    ...answer(400, { error: 'invalid_token', text: '%s', cause: 'the ID token is invalid' }),
    endpoints: ['/oauth/tokeninfo'],
  },
};

/** The meaning of a code; an unknown one is answered like a bad request. */
export function koeMeaning(code: string): KoeMeaning {
  return koeCodes[code] ?? badRequest('no code of Kakao');
}

function answer(
  status: number,
  words: { readonly error: string; readonly text: string; readonly cause: string },
): KoeMeaning {
  return { ...words, endpoints: [TOKEN], status, heading: 'adminSettingsIssue', source: DOCUMENTED };
}

function settingsIssue(cause: string, error = 'misconfigured'): KoeMeaning {
  return { ...answer(400, { error, text: cause, cause }), endpoints: [AUTHORIZE] };
}

function badRequest(cause: string, error = 'invalid_request'): KoeMeaning {
  return { ...settingsIssue(cause, error), heading: 'badRequest' };
}

function seen(meaning: KoeMeaning): KoeMeaning {
  return { ...meaning, source: OBSERVED };
}
