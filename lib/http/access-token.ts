import { LoginError } from '../login/errors';
import { describeError, logEvent } from '../server/log';
import { Problem, type ProblemCode } from './problem';
import { requestId } from './request';

/** Where such a token was found instead of in `Authorization`. */
const mistakenHeaders = [
  'access_token',
  'access-token',
  'x-access-token',
  'x-auth-token',
  'token',
  'kakao-token',
];

/**
 * The Kakao access token of a request: `Authorization: Bearer <token>`, or the bare token there.
 *
 * @throws Problem `INVALID_TOKEN`, with a detail that names the mistake: another header, another scheme,
 *   a JWT where Kakao's opaque token belongs. Such a token is never sent to Kakao.
 */
export function readAccessToken(headers: Headers): string {
  const value = headers.get('authorization')?.trim() ?? '';
  if (!value) throw invalid(missing(headers));
  const token = /^bearer$/i.test(value) ? '' : value.replace(/^bearer +/i, '').trim();
  if (!token) throw invalid('The Authorization header has no token after the word Bearer.');
  if (/^eyJ[\w-]*(\.[\w-]*){2,4}$/.test(token)) {
    throw invalid(`${jwtMistake(token)} Send the Kakao access token, which has no dots.`);
  }
  const mistake = mistakes.find(([pattern]) => pattern.test(token));
  if (mistake) throw invalid(`${mistake[1]} ${whatToSend}`);
  return token;
}

const whatToSend = 'Send Authorization: Bearer followed by the Kakao access token alone.';

/** What programs send instead of a token, the special cases first. What is left at the end has the form of one. */
const mistakes: readonly (readonly [RegExp, string])[] = [
  [
    /^(undefined|null|nan|none|nil|true|false)$/i,
    'This is a word instead of a token: it was empty where you took it from.',
  ],
  [/^\[object |^[[{]/, 'This is an object or a list, or the text of one.'],
  [/^["'`]|["'`]$/, 'The token stands in quotes.'],
  [/^[<$]/, 'This is a placeholder: the token was not put in its place.'],
  [/\s/, 'There is more than a token.'],
  [/%/, 'The token is URL-encoded, or is no token.'],
  [/^[\w-]+[=:][^=]/, 'There is a name in front of the token.'],
  // RFC 6750 2.1: b64token.
  [/^(?![\w.~+/-]+=*$)/, 'This cannot be a token: it has a character that no token has.'],
  [/^.{1025}/, 'This is too long for a token.'],
];

/** Whether a token that Kakao refused has the shape of an authorization code. */
export function looksLikeAuthorizationCode(token: string): boolean {
  return /^[\w-]{80,}$/.test(token);
}

/** Kakao signs its ID tokens with RS256; our own tokens are HS256. */
function jwtMistake(token: string): string {
  const header = Buffer.from(token.split('.')[0] ?? '', 'base64url').toString();
  if (header.includes('"HS256"')) return 'This is a JWT, a token of this service: use it for /api/me.';
  return header.includes('"RS256"') ? 'This is a JWT, an ID token of Kakao.' : 'This is a JWT.';
}

function missing(headers: Headers): string {
  const found = mistakenHeaders.find((name) => headers.has(name));
  const start = found ? `The token is in the ${found} header.` : 'The Authorization header is missing.';
  return `${start} Send the Kakao access token as Authorization: Bearer <token>.`;
}

function invalid(detail: string): Problem {
  return new Problem('INVALID_TOKEN', detail);
}

/**
 * Refuses a login with an access token that failed, in one sentence on what to do, and logs what the operator must know.
 *
 * @throws Problem, or `error` itself when nobody foresaw it
 */
export function refuseLogin(error: unknown, accessToken: string, headers: Headers): never {
  if (!(error instanceof LoginError)) throw error;
  const { code, reason, kakaoCode } = error;
  const level = reason === 'refused' || code === 'unexpected' || code === 'misconfigured' ? 'error' : 'warn';
  const fields = { code, reason, kakaoCode, error: describeError(error), requestId: requestId(headers) };
  logEvent(level, 'api_login.failed', fields);
  throw byReason(error, accessToken) ?? byCode(error) ?? error;
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
  not_linked: ['NOT_FOUND_IN_KAKAO', 'The person is not linked to this Kakao app. Log in with Kakao again.'],
  account_unusable: ['NOT_FOUND_IN_KAKAO', 'The Kakao Account is dormant or gone. Log in with Kakao again.'],
  disabled: ['BLOCKED', 'Kakao has suspended this Kakao Account. The person has to ask Kakao.'],
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
    case 'withdrawn':
      return new Problem(
        'WITHDRAWN',
        'The person has left. If they ask to begin anew, send the token again with ?rejoin=1.',
      );
    case 'kakao_unavailable':
    case 'identity_conflict':
      return new Problem('KAKAO_UNAVAILABLE', 'Try again in a little while.', { 'retry-after': '5' });
    case 'misconfigured':
      return new Problem('INTERNAL', 'The operator has to set KAKAO_APP_ID before tokens can be accepted.');
    default:
      return null;
  }
}
