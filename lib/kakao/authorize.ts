import { createHash, randomBytes } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { authorizationServer, client, type KakaoConfig } from './config';
import { isOurFault, isPassing } from './errors';

/** The secrets of one login flow, each 32 random bytes as base64url (RFC 6749 10.12, RFC 7636, OpenID Core 3.1.2.1). */
export interface FlowSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/**
 * What Kakao may be asked to show: `login` asks for the account again, `select_account` offers a choice, `none` shows
 * nothing and answers at once.
 */
export type Prompt = 'login' | 'select_account' | 'none';

/** Query parameters of a callback whose `state` was compared with that of the flow it came in. */
export type ValidatedCode = URLSearchParams & { readonly __brand: 'ValidatedCode' };

/**
 * Why a callback has no code to exchange: what Kakao said (RFC 6749 4.1.2.1), or `invalid` when it is not an answer to
 * this flow. `not_silent` is Kakao's answer to `prompt=none` for a person who would have to do something, `refused` one
 * that we do not know.
 */
export class CallbackError extends Error {
  override readonly name = 'CallbackError';
  readonly code:
    | 'cancelled'
    | 'not_silent'
    | 'under_14'
    | 'misconfigured'
    | 'refused'
    | 'unavailable'
    | 'invalid';

  constructor(code: CallbackError['code']) {
    super(code);
    this.code = code;
  }
}

/** Makes the secrets of a new login flow. */
export function createFlowSecrets(): FlowSecrets {
  return {
    state: randomText(),
    nonce: randomText(),
    codeVerifier: randomText(),
  };
}

function randomText(): string {
  return randomBytes(32).toString('base64url');
}

/** What is asked of Kakao beyond a plain login. */
export interface AuthorizationOptions {
  readonly prompt?: Prompt | undefined;
  /** Consent items to ask for now ("request additional consent"), beside those of every login. */
  readonly scope?: readonly string[];
}

/** The address of Kakao's authorize page for this flow (rest-api, "Request authorization code"). */
export function authorizationUrl(
  config: KakaoConfig,
  flow: FlowSecrets,
  { prompt, scope = [] }: AuthorizationOptions = {},
): string {
  // The scope of every login comes first, so that `openid` is there whenever ID tokens are in use.
  const scopes = [...new Set([...(config.scope?.split(' ') ?? []), ...scope])].join(' ');
  const url = new URL('/oauth/authorize', config.authOrigin);
  url.search = new URLSearchParams({
    client_id: config.clientId,
    redirect_uri: config.redirectUri,
    response_type: 'code',
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: createHash('sha256').update(flow.codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...(scopes ? { scope: scopes } : {}),
    ...(prompt ? { prompt } : {}),
  }).toString();
  return url.href;
}

/** Kakao's page that logs out of the service together with the Kakao Account (rest-api, "Log out together"). */
export function accountLogoutUrl(config: KakaoConfig, state: string): string {
  const url = new URL('/oauth/logout', config.authOrigin);
  const back = new URL('/login', config.redirectUri).href;
  url.search = new URLSearchParams({
    client_id: config.clientId,
    logout_redirect_uri: back,
    state,
  }).toString();
  return url.href;
}

/**
 * Validates the query of a callback against the `state` of its flow. The only maker of a
 * {@link ValidatedCode}: without one there is no exchange. Kakao's description is read, never kept.
 *
 * @throws CallbackError
 */
export function readCallback(config: KakaoConfig, query: URLSearchParams, state: string): ValidatedCode {
  const validated = validateResponse(config, query, state);
  if (!validated.get('code') || validated.getAll('code').length > 1) throw new CallbackError('invalid');
  return validated as ValidatedCode;
}

function validateResponse(config: KakaoConfig, query: URLSearchParams, state: string): URLSearchParams {
  try {
    return oauth.validateAuthResponse(authorizationServer(config), client(config), query, state);
  } catch (error) {
    throw new CallbackError(error instanceof oauth.AuthorizationResponseError ? codeOf(error) : 'invalid');
  }
}

function codeOf({ error, error_description }: oauth.AuthorizationResponseError): CallbackError['code'] {
  switch (error) {
    case 'access_denied':
      return /under age 14/i.test(error_description ?? '') ? 'under_14' : 'cancelled';
    case 'login_required':
    case 'consent_required':
    case 'interaction_required':
      return 'not_silent';
    default:
      if (isPassing(error)) return 'unavailable';
      return isOurFault(error) ? 'misconfigured' : 'refused';
  }
}
