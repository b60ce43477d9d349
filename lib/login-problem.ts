import { looksLikeAuthorizationCode } from './access-token';
import { describeError, logEvent } from './log';
import { LoginError } from './login/errors';
import { Problem, type ProblemCode } from './problem';
import { requestId } from './request';

/** What the JSON API answers to a failed login, with one sentence on what to do. Logs what the operator must know. */
export function loginProblem(error: unknown, accessToken: string, headers: Headers): unknown {
  if (!(error instanceof LoginError)) return error;
  const { code, reason, kakaoCode } = error;
  const problem = byReason(error, accessToken) ?? byCode(error);
  const level = reason === 'refused' || code === 'unexpected' || code === 'misconfigured' ? 'error' : 'warn';
  const fields = { code, reason, kakaoCode, error: describeError(error), requestId: requestId(headers) };
  logEvent(level, 'api_login.failed', fields);
  return problem ?? error;
}

function byReason(error: LoginError, accessToken: string): Problem | null {
  const refused = error.reason === 'token_unknown' || error.reason === 'token_malformed';
  if (refused && looksLikeAuthorizationCode(accessToken)) {
    const detail =
      'This looks like an authorization code. Exchange it at Kakao for an access token first, and send that.';
    return new Problem('INVALID_TOKEN', detail);
  }
  const answer = error.reason && reasons[error.reason];
  return answer ? new Problem(answer[0], answer[1]) : null;
}

const reasons: Partial<Record<NonNullable<LoginError['reason']>, readonly [ProblemCode, string]>> = {
  token_malformed: [
    'INVALID_TOKEN',
    'Kakao cannot read this token. Send the access token as you got it from Kakao.',
  ],
  token_unknown: [
    'NOT_FOUND_IN_KAKAO',
    'The token is expired, revoked or not a Kakao access token. Get a new one from Kakao.',
  ],
  account_unusable: [
    'NOT_FOUND_IN_KAKAO',
    'The person is not linked to this Kakao app, or the Kakao Account is dormant. Log in with Kakao again.',
  ],
  profile_invalid: ['KEY_ERROR', 'Kakao described a person without a usable id. Try again later.'],
};

function byCode(error: LoginError): Problem | null {
  switch (error.code) {
    case 'another_app':
      return new Problem(
        'TOKEN_OF_ANOTHER_APP',
        'Use a token that was issued to this service’s own Kakao app (KAKAO_APP_ID).',
      );
    case 'under_14':
      return new Problem('UNDER_14', 'This service is not open to people under 14.');
    case 'blocked':
      return new Problem('BLOCKED', 'Contact the operator of this service.');
    case 'kakao_unavailable':
    case 'identity_conflict':
      return new Problem('KAKAO_UNAVAILABLE', 'Try again in a little while.', { 'retry-after': '5' });
    case 'misconfigured':
      return new Problem('INTERNAL', 'The operator has to set KAKAO_APP_ID before tokens can be accepted.');
    default:
      return null;
  }
}
