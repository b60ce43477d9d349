import { CallbackError } from '../kakao/authorize';
import { KakaoError, type KakaoErrorCode } from '../kakao/errors';
import { defaultReturnTo } from './return-to';

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

/**
 * Why a person or a token is not signed in. `reason` is what happened underneath, in our words;
 * `kakaoCode` is Kakao's own code, for the operator.
 */
export class LoginError extends Error {
  override readonly name = 'LoginError';
  readonly code: LoginErrorCode | 'another_app' | 'identity_conflict';
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
  account_unusable: 'kakao_rejected',
  code_rejected: 'kakao_rejected',
  under_14: 'under_14',
  misconfigured: 'misconfigured',
  id_token_invalid: 'unexpected',
  profile_invalid: 'unexpected',
  consent_missing: 'kakao_unavailable',
  refused: 'kakao_unavailable',
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

/** Where the browser goes after a login that failed. */
interface WayBack {
  readonly returnTo: string;
  /** Set for a silent attempt: nobody asked for it, so the person stays there as a guest and nothing is said. */
  readonly guestTo: string | null;
  /** Removes the flow; `null` when this browser has none. */
  readonly clearCookie: string | null;
}

/** A callback that signed nobody in. */
export class FailedLogin extends Error {
  override readonly name = 'FailedLogin';
  readonly error: LoginError;
  readonly wayBack: WayBack;

  constructor(cause: unknown, wayBack: Partial<WayBack> = {}) {
    super('the login failed', { cause });
    this.error = toLoginError(cause);
    this.wayBack = { returnTo: defaultReturnTo, guestTo: null, clearCookie: null, ...wayBack };
  }
}
