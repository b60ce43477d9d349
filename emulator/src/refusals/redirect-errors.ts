/** An error that the browser carries back to the app: `error` and `error_description` (RFC 6749 4.1.2.1). */
export interface RedirectError {
  readonly error: string;
  readonly description: string;
  /** When Kakao gives it, in words. */
  readonly cause: string;
  /** A page of developers.kakao.com/docs/ko, or the official SDKs' source. */
  readonly source: string;
}

/** Every such error by a name of its own; those of the SDKs have texts of our own and no genuine cause. */
export const redirectErrors = {
  access_denied: documented('access_denied', 'User denied access', 'the user cancels'),
  under_age_14: documented(
    'access_denied',
    'Not allowed under age 14',
    'the user is under 14 and the app allows none',
  ),
  login_required: documented(
    'login_required',
    'user authentication required.',
    'prompt=none, and nobody is logged in at Kakao',
  ),
  consent_required: documented(
    'consent_required',
    'user consent required.',
    'prompt=none, and consent is missing',
  ),
  interaction_required: documented(
    'interaction_required',
    'need to collect additional personal information.',
    'prompt=none, and another step is needed',
  ),
  auto_login: inSdks('auto_login', 'auto login failed', 'automatic login of Kakao Sync'),
  invalid_request: inSdks('invalid_request', 'invalid request', 'the request is invalid'),
  invalid_scope: inSdks('invalid_scope', 'invalid scope', 'a scope is invalid'),
  unauthorized_client: inSdks('unauthorized_client', 'unauthorized client', 'the app may not do this'),
  server_error: inSdks('server_error', 'server error', 'Kakao fails'),
  misconfigured: inSdks('misconfigured', 'misconfigured', 'the app is configured wrongly'),
  unauthorized: inSdks('unauthorized', 'unauthorized', 'the app has no permission'),
} satisfies Record<string, RedirectError>;

export type RedirectErrorName = keyof typeof redirectErrors;

/** Whether there is a redirect error of this name. */
export function isRedirectError(name: string): name is RedirectErrorName {
  return Object.hasOwn(redirectErrors, name);
}

function documented(error: string, description: string, cause: string): RedirectError {
  return { error, description, cause, source: 'kakaologin/rest-api' };
}

function inSdks(error: string, description: string, cause: string): RedirectError {
  return { error, description, cause, source: 'official SDK source' };
}
