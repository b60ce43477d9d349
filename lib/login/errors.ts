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

/** Causes of a failure that the login page tells in words of their own, beside those of its code. */
const toldCauses = [
  'not_linked',
  'account_unusable',
  'account_restricted',
  'refused',
  'busy',
  'maintenance',
] as const satisfies readonly KakaoErrorCode[];

export type ToldCause = (typeof toldCauses)[number];

/** The cause that the login page is told, if it has words for it. */
export function toldCause(reason: string | undefined): ToldCause | null {
  return toldCauses.find((cause) => cause === reason) ?? null;
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
  readonly reason: KakaoErrorCode | undefined;
  readonly kakaoCode: string | undefined;

  constructor(code: LoginError['code'], cause?: unknown) {
    super(cause instanceof Error ? `${code}: ${cause.message}` : code, { cause });
    this.code = code;
    this.reason = cause instanceof KakaoError ? cause.code : undefined;
    this.kakaoCode = cause instanceof KakaoError ? cause.kakaoCode : undefined;
  }
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
  busy: 'kakao_unavailable',
  maintenance: 'kakao_unavailable',
  unavailable: 'kakao_unavailable',
};

const fromCallback: Readonly<Record<CallbackError['code'], LoginErrorCode>> = {
  cancelled: 'cancelled',
  not_silent: 'cancelled',
  under_14: 'under_14',
  misconfigured: 'misconfigured',
  unavailable: 'kakao_unavailable',
  invalid: 'expired',
};

/** Translates what a leaf threw into a login failure; what nobody foresaw is `unexpected`. */
export function toLoginError(error: unknown): LoginError {
  if (error instanceof LoginError) return error;
  if (error instanceof CallbackError) return new LoginError(fromCallback[error.code]);
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
