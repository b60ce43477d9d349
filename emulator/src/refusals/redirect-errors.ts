/** An error that the browser carries back to the app: `error` and `error_description` (RFC 6749 4.1.2.1). */
export interface RedirectError {
  readonly error: string;
  readonly description: string;
  /** When Kakao gives it, in words. */
  readonly cause: string;
  /** A page of developers.kakao.com/docs/ko, or the official SDKs' source. */
  readonly source: string;
}

const DOCUMENTED = 'kakaologin/rest-api';
const IN_SDKS = 'official SDK source';

/** Every such error by a name of its own; those of the SDKs have texts of our own and no genuine cause. */
export const redirectErrors = {
  access_denied: row('access_denied', 'User denied access', 'the user cancels'),
  under_age_14: row(
    'access_denied',
    'Not allowed under age 14',
    'the user is under 14 and the app allows none',
  ),
  login_required: row(
    'login_required',
    'user authentication required.',
    'prompt=none, and nobody is logged in at Kakao',
  ),
  consent_required: row('consent_required', 'user consent required.', 'prompt=none, and consent is missing'),
  interaction_required: row(
    'interaction_required',
    'need to collect additional personal information.',
    'prompt=none, and another step is needed',
  ),
  auto_login: row('auto_login', 'auto login failed', 'automatic login of Kakao Sync', IN_SDKS),
  invalid_request: row('invalid_request', 'invalid request', 'the request is invalid', IN_SDKS),
  invalid_scope: row('invalid_scope', 'invalid scope', 'a scope is invalid', IN_SDKS),
  unauthorized_client: row('unauthorized_client', 'unauthorized client', 'the app may not do this', IN_SDKS),
  server_error: row('server_error', 'server error', 'Kakao fails', IN_SDKS),
  misconfigured: row('misconfigured', 'misconfigured', 'the app is configured wrongly', IN_SDKS),
  unauthorized: row('unauthorized', 'unauthorized', 'the app has no permission', IN_SDKS),
} satisfies Record<string, RedirectError>;

export type RedirectErrorName = keyof typeof redirectErrors;

/** Whether there is a redirect error of this name. */
export function isRedirectError(name: string): name is RedirectErrorName {
  return Object.hasOwn(redirectErrors, name);
}

function row(error: string, description: string, cause: string, source = DOCUMENTED): RedirectError {
  return { error, description, cause, source };
}
