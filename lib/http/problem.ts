/** The stable codes of the JSON API, with their HTTP status and title. */
const problems = {
  INVALID_TOKEN: [400, 'The Kakao access token is missing or unusable'],
  KEY_ERROR: [400, 'Kakao described a person without a usable id'],
  NOT_FOUND_IN_KAKAO: [404, 'Kakao does not know this token or person'],
  INVALID_REQUEST: [400, 'Something in the request is missing, repeated or unusable'],
  ANOTHER_APP: [403, 'The request is about another Kakao app'],
  TOKEN_OF_ANOTHER_APP: [403, 'The token belongs to another Kakao app'],
  UNDER_14: [403, 'Not open to people under 14'],
  BLOCKED: [403, 'This user is blocked'],
  WITHDRAWN: [403, 'This person has left'],
  FRESH_LOGIN_REQUIRED: [403, 'The login is too old for this'],
  INVALID_SCOPE: [400, 'The consent items cannot be asked for'],
  KAKAO_UNAVAILABLE: [503, 'Kakao cannot be used at the moment'],
  UNAUTHENTICATED: [401, 'Not signed in'],
  CROSS_ORIGIN: [403, 'The request came from another origin'],
  NOT_FOUND: [404, 'There is nothing here'],
  METHOD_NOT_ALLOWED: [405, 'This method is not supported here'],
  TOO_LARGE: [413, 'The request is too large'],
  UNSUPPORTED_TYPE: [415, 'This content type is not supported here'],
  TOO_MANY_REQUESTS: [429, 'Too many requests'],
  INTERNAL: [500, 'Something went wrong on our side'],
  UNAVAILABLE: [503, 'This service cannot be used at the moment'],
} as const satisfies Record<string, readonly [number, string]>;

export type ProblemCode = keyof typeof problems;

/** The HTTP status of a problem with this code. */
export function statusOf(code: ProblemCode): number {
  return problems[code][0];
}

/** Thrown inside a route to end it with this problem. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly detail: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, detail: string, headers: Readonly<Record<string, string>> = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
    this.headers = headers;
  }
}

/**
 * What answers about a token say of it (RFC 6750 3); one that misses a token says no more than the scheme. The webhook of
 * Kakao says its own.
 */
const challenges: Partial<Record<ProblemCode, string>> = {
  INVALID_TOKEN: 'Bearer error="invalid_request"',
  UNAUTHENTICATED: 'Bearer',
};

/** The answer to a problem: `application/problem+json` (RFC 9457) with our stable code as `message`. */
export function problemResponse(problem: Problem, requestId: string): Response {
  const [status, title] = problems[problem.code];
  const challenge = challenges[problem.code];
  const body = { message: problem.code, title, status, detail: problem.detail, requestId };
  return new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'private, no-store',
      ...(challenge && { 'www-authenticate': challenge }),
      ...problem.headers,
    },
  });
}
