import { isScopeId } from './config';

/**
 * Everything that can go wrong with Kakao, by what the caller has to do about it.
 *
 * - `token_unknown`: Kakao does not know the access token (−401)
 * - `token_malformed`: not a Kakao token at all (−2)
 * - `not_linked`: the person is not linked to the app, perhaps since a moment ago (−101)
 * - `account_unusable`: the Kakao Account is dormant or gone (−103)
 * - `account_restricted`: Kakao restricts the account or what it may do (−4)
 * - `under_14`: a child, and the app does not allow children (−406)
 * - `code_rejected`: the authorization code was refused (any `invalid_grant`)
 * - `misconfigured`: Kakao refused our key, secret, redirect URI or another console setting
 * - `id_token_invalid`: an ID token that does not hold, or is missing where it must come
 * - `profile_invalid`: an answer about a person without a usable id
 * - `consent_missing`: the person has not agreed to what the call needs (−402): see `requiredScopes`
 * - `refused`: any other refusal; a person can do nothing about it, the operator may
 * - `tokens_limited`: the person has got as many tokens as Kakao issues in a while (KOE237)
 * - `busy`: the app has sent too many requests, or its quota is used up (−10, HTTP 429)
 * - `maintenance`: Kakao says that it is being maintained (−9798)
 * - `unavailable`: down, slow, or an answer that is invalid
 */
export type KakaoErrorCode =
  | 'token_unknown'
  | 'token_malformed'
  | 'not_linked'
  | 'account_unusable'
  | 'account_restricted'
  | 'under_14'
  | 'code_rejected'
  | 'misconfigured'
  | 'id_token_invalid'
  | 'profile_invalid'
  | 'consent_missing'
  | 'refused'
  | 'tokens_limited'
  | 'busy'
  | 'maintenance'
  | 'unavailable';

const transient: ReadonlySet<KakaoErrorCode> = new Set([
  'tokens_limited',
  'busy',
  'maintenance',
  'unavailable',
]);

interface KakaoErrorDetails {
  readonly kakaoCode?: string;
  readonly cause?: unknown;
  readonly requiredScopes?: readonly string[];
}

/**
 * The one error of this folder. `transient` says whether the same request may work later; `kakaoCode` is
 * Kakao's own code (`KOE320`, `-401`). The message never contains a token, a code or Kakao's free text.
 */
export class KakaoError extends Error {
  override readonly name = 'KakaoError';

  /** By its name: a promise that is kept for the process may be rejected by another copy of this file (decision 0021). */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return error instanceof Error && error.name === 'KakaoError';
  }

  readonly code: KakaoErrorCode;
  readonly transient: boolean;
  readonly kakaoCode: string | undefined;
  /** With `consent_missing`: the consent items that are missing. */
  readonly requiredScopes: readonly string[];

  constructor(code: KakaoErrorCode, message: string, details: KakaoErrorDetails = {}) {
    super(message, { cause: details.cause });
    this.code = code;
    this.transient = transient.has(code);
    this.kakaoCode = details.kakaoCode;
    this.requiredScopes = details.requiredScopes ?? [];
  }
}

/** Kakao's resource API codes (error-code reference). Everything else is `refused`. */
const apiCodes: ReadonlyMap<string, KakaoErrorCode> = new Map([
  ['-1', 'unavailable'],
  ['-2', 'token_malformed'],
  ['-4', 'account_restricted'],
  // Kakao says it of maintenance and of trouble alike.
  ['-7', 'unavailable'],
  ['-10', 'busy'],
  ['-101', 'not_linked'],
  ['-103', 'account_unusable'],
  ['-401', 'token_unknown'],
  ['-402', 'consent_missing'],
  ['-406', 'under_14'],
  ['-603', 'unavailable'],
  ['-9798', 'maintenance'],
]);

/** Kakao's OAuth codes (trouble-shooting page) that do not follow from the OAuth `error`. */
const oauthCodes: ReadonlyMap<string, KakaoErrorCode> = new Map([
  ['KOE003', 'unavailable'],
  ['KOE114', 'misconfigured'],
  // The app is sanctioned, as −12 says.
  ['KOE125', 'refused'],
  ['KOE237', 'tokens_limited'],
  ['KOE303', 'misconfigured'],
  ['KOE313', 'code_rejected'],
  ['KOE320', 'code_rejected'],
]);

/**
 * Reads a refusal of kapi: `{ "msg", "code" }`. The body decides, not the status: internal errors and
 * exhausted quota are HTTP 400 there.
 */
export function readApiError(status: number, body: unknown): KakaoError {
  const code = codeIn(body, 'code');
  if (status === 429 || status >= 500) return unavailable(status, code, apiCodes);
  if (code === undefined) return unavailable(status, code);
  const message = field(body, 'msg') ?? '';
  if (code === '-401' && /ip mismatched/i.test(message)) {
    return new KakaoError('refused', 'Kakao does not accept calls from this address', { kakaoCode: code });
  }
  const details = { kakaoCode: code, requiredScopes: scopesIn(body) };
  return new KakaoError(apiCodes.get(code) ?? 'refused', `Kakao answered ${code}`, details);
}

/** Reads a refusal of kauth: `{ "error", "error_description", "error_code" }`. */
export function readOAuthError(status: number, body: unknown): KakaoError {
  const kakaoCode = codeIn(body, 'error_code');
  const error = codeIn(body, 'error');
  if (status === 429 || status >= 500) return unavailable(status, kakaoCode, oauthCodes);
  if (error === undefined && kakaoCode === undefined) return unavailable(status, kakaoCode);
  const known = kakaoCode === undefined ? undefined : oauthCodes.get(kakaoCode);
  const code = known ?? byOAuthError(error);
  return new KakaoError(code, `Kakao answered ${kakaoCode ?? error}`, kakaoCode ? { kakaoCode } : {});
}

/** What the OAuth `error` alone says (RFC 6749 5.2). Without one there is a code of Kakao's, of which all others are settings. */
function byOAuthError(error: string | undefined): KakaoErrorCode {
  if (error === undefined || isOurFault(error)) return 'misconfigured';
  if (error === 'invalid_grant') return 'code_rejected';
  return isPassing(error) ? 'unavailable' : 'refused';
}

const ourFaults: ReadonlySet<string> = new Set([
  'invalid_client',
  'invalid_request',
  'invalid_scope',
  'misconfigured',
  'unauthorized',
  'unauthorized_client',
  'unsupported_grant_type',
  'unsupported_response_type',
]);

/** Whether this OAuth `error` says that our key, secret, redirect URI or another setting is wrong. */
export function isOurFault(error: string): boolean {
  return ourFaults.has(error);
}

/** Whether this OAuth `error` says that Kakao has trouble of its own (RFC 6749 4.1.2.1). */
export function isPassing(error: string): boolean {
  return error === 'server_error' || error === 'temporarily_unavailable';
}

/** An answer whose status says that it may be another one later, whatever the body says. */
function unavailable(
  status: number,
  kakaoCode: string | undefined,
  codes?: ReadonlyMap<string, KakaoErrorCode>,
): KakaoError {
  const known = kakaoCode === undefined ? undefined : codes?.get(kakaoCode);
  const code = known && transient.has(known) ? known : status === 429 ? 'busy' : 'unavailable';
  return new KakaoError(code, `Kakao answered HTTP ${status}`, kakaoCode ? { kakaoCode } : {});
}

/** A code in an error body; anything longer than a code is free text. */
function codeIn(body: unknown, name: string): string | undefined {
  const value = field(body, name);
  return value !== undefined && /^[\w-]{1,40}$/.test(value) ? value : undefined;
}

/** A short scalar of an error body as text; free text is only ever looked at, never passed on. */
function field(body: unknown, name: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const value: unknown = Reflect.get(body, name);
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return typeof value === 'string' && value.length <= 500 ? value : undefined;
}

/** `required_scopes` of a −402. */
function scopesIn(body: unknown): string[] {
  const list: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, 'required_scopes') : undefined;
  return Array.isArray(list) ? list.filter((id) => typeof id === 'string' && isScopeId(id)) : [];
}
