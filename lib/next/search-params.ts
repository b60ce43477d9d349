import { type Withdrawal, withdrawals } from '../account/consents';
import { type LoginErrorCode, loginErrorCodes } from '../login/errors';
import { safeReturnTo } from '../login/return-to';
import { env } from '../server/env';

/** The query of a page as Next gives it. */
export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

/** Why the last attempt failed, if the address says so; a code we do not know is `unexpected`. */
export function loginError(params: SearchParams): LoginErrorCode | null {
  const error = params['error'];
  if (error === undefined) return null;
  return loginErrorCodes.find((code) => code === error) ?? 'unexpected';
}

/** Where to go after the login: `returnTo`, or the `callbackUrl` of next-auth's `signIn()`. A safe path. */
export function returnToParam(params: SearchParams, origin = env().origin): string {
  const { returnTo, callbackUrl } = params;
  if (typeof returnTo === 'string') return safeReturnTo(returnTo);
  if (typeof callbackUrl !== 'string') return safeReturnTo(null);
  const ours = callbackUrl.startsWith(`${origin}/`) ? callbackUrl.slice(origin.length) : callbackUrl;
  return safeReturnTo(ours);
}

/** How the end of a session went, if the address says so. */
export function sessionOutcome(params: SearchParams): 'ended' | 'others_ended' | 'not_found' | null {
  const outcomes = ['ended', 'others_ended', 'not_found'] as const;
  return outcomes.find((outcome) => outcome === params['session']) ?? null;
}

/** How the withdrawal of a consent ended, if the address says so. */
export function consentOutcome(params: SearchParams): Withdrawal | null {
  return withdrawals.find((outcome) => outcome === params['consent']) ?? null;
}

/** The page of a list, from 1. What is no such number is the first. */
export function pageNumber(params: SearchParams): number {
  const page = params['page'];
  return typeof page === 'string' && /^[1-9]\d{0,3}$/.test(page) ? Number(page) : 1;
}
