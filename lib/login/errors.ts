import { type SignInRefusal, SignInRefused } from '../db/sign-in';
import { CallbackError } from '../kakao/authorize';
import { KakaoError, type KakaoErrorCode } from '../kakao/errors';
import { type GuestPage, guestPath, safeReturnTo } from './return-to';

/** Every way a login can fail, as the login page names them. */
export const loginErrorCodes = [
  'cancelled',
  'expired',
  'kakao_rejected',
  'kakao_unavailable',
  'misconfigured',
  'under_14',
  'blocked',
  'too_many_requests',
  'unexpected',
] as const;

export type LoginErrorCode = (typeof loginErrorCodes)[number];

/** What happened underneath: what Kakao said, or why a person is kept out. */
type LoginErrorReason = KakaoErrorCode | CallbackError['code'] | SignInRefusal;

/** Causes of a failure that the login page tells in words of their own, instead of those of its code. */
const toldCauses = [
  'token_unknown',
  'not_linked',
  'account_unusable',
  'account_restricted',
  'consent_missing',
  'unverifiable',
  'refused',
  'too_many_logins',
  'busy',
  'maintenance',
  'not_silent',
  'incomplete',
  'disabled',
  'withdrawn',
] as const;

export type ToldCause = (typeof toldCauses)[number];

/** What the login page tells of each reason; `null` where the sentences of the code are true of it. */
const told: Readonly<Record<LoginErrorReason, ToldCause | null>> = {
  token_unknown: 'token_unknown',
  token_malformed: 'refused',
  not_linked: 'not_linked',
  account_unusable: 'account_unusable',
  account_restricted: 'account_restricted',
  code_rejected: null,
  under_14: null,
  misconfigured: null,
  id_token_invalid: 'unverifiable',
  profile_invalid: 'unverifiable',
  consent_missing: 'consent_missing',
  refused: 'refused',
  tokens_limited: 'too_many_logins',
  busy: 'busy',
  maintenance: 'maintenance',
  unavailable: null,
  cancelled: null,
  not_silent: 'not_silent',
  invalid: 'incomplete',
  blocked: null,
  disabled: 'disabled',
  withdrawn: 'withdrawn',
};

/** The cause that the login page is to tell, if it has words for it. */
export function toldCause(reason: LoginErrorReason | undefined): ToldCause | null {
  return reason === undefined ? null : told[reason];
}

/** A cause as it was told before; `null` if it is none of ours. */
export function readToldCause(text: string | null | undefined): ToldCause | null {
  return toldCauses.find((cause) => cause === text) ?? null;
}

/**
 * Why a person or a token is not signed in. `reason` is what happened underneath, in our words;
 * `kakaoCode` is Kakao's own code, for the operator.
 */
export class LoginError extends Error {
  override readonly name = 'LoginError';

  /** By its name, as {@link KakaoError}. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === 'LoginError';
  }

  readonly code: LoginErrorCode | 'another_app' | 'identity_conflict' | 'withdrawn';
  readonly reason: LoginErrorReason | undefined;
  readonly kakaoCode: string | undefined;

  constructor(code: LoginError['code'], cause?: unknown) {
    super(cause instanceof Error ? `${code}: ${cause.message}` : code, { cause });
    this.code = code;
    this.reason = reasonOf(cause);
    this.kakaoCode = cause instanceof KakaoError ? cause.kakaoCode : undefined;
  }
}

function reasonOf(cause: unknown): LoginErrorReason | undefined {
  if (cause instanceof KakaoError || cause instanceof CallbackError) return cause.code;
  return cause instanceof SignInRefused || cause instanceof LoginError ? cause.reason : undefined;
}

const fromKakao: Readonly<Record<KakaoErrorCode, LoginErrorCode>> = {
  token_unknown: 'kakao_rejected',
  token_malformed: 'kakao_rejected',
  not_linked: 'kakao_rejected',
  account_unusable: 'kakao_rejected',
  code_rejected: 'kakao_rejected',
  under_14: 'under_14',
  misconfigured: 'misconfigured',
  id_token_invalid: 'unexpected',
  profile_invalid: 'unexpected',
  consent_missing: 'kakao_unavailable',
  account_restricted: 'kakao_unavailable',
  refused: 'kakao_unavailable',
  tokens_limited: 'kakao_unavailable',
  busy: 'kakao_unavailable',
  maintenance: 'kakao_unavailable',
  unavailable: 'kakao_unavailable',
};

const fromCallback: Readonly<Record<CallbackError['code'], LoginErrorCode>> = {
  cancelled: 'cancelled',
  not_silent: 'cancelled',
  under_14: 'under_14',
  misconfigured: 'misconfigured',
  refused: 'misconfigured',
  unavailable: 'kakao_unavailable',
  invalid: 'expired',
};

/** Translates what a leaf threw into a login failure; what nobody foresaw is `unexpected`. */
export function toLoginError(error: unknown): LoginError {
  if (error instanceof LoginError) return error;
  if (error instanceof CallbackError) return new LoginError(fromCallback[error.code], error);
  if (error instanceof KakaoError) return new LoginError(fromKakao[error.code], error);
  return new LoginError('unexpected', error);
}

/** The flow of a callback, as far as it says where the browser goes on. */
interface FailedFlow {
  readonly returnTo: string | null;
  readonly guestPage: GuestPage | null;
  /** Where somebody signed in goes on who cancels a request for more consent. */
  readonly declinedTo: string | null;
  readonly clearCookie: string | null;
}

/**
 * A callback that signed nobody in, and where the browser goes on. With `guestTo` it was a silent attempt: nobody asked
 * for it, so the person stays there as a guest and is told nothing. With `declinedTo` somebody signed in did not agree to
 * more: they are still signed in, and go on there. `clearCookie` removes the flow, if there is one.
 */
export class FailedLogin extends Error {
  override readonly name = 'FailedLogin';
  readonly error: LoginError;
  readonly returnTo: string;
  readonly guestTo: string | null;
  readonly declinedTo: string | null;
  readonly clearCookie: string | null;

  constructor(
    cause: unknown,
    { returnTo = null, guestPage = null, declinedTo = null, clearCookie = null }: Partial<FailedFlow> = {},
  ) {
    super('the login failed', { cause });
    this.error = toLoginError(cause);
    this.returnTo = safeReturnTo(returnTo);
    this.guestTo = guestPage === null ? null : guestPath(guestPage, this.returnTo);
    this.declinedTo = this.error.code === 'cancelled' ? declinedTo : null;
    this.clearCookie = clearCookie;
  }
}
