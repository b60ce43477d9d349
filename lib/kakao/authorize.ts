import * as oauth from 'oauth4webapi';
import type { KakaoConfig } from './config';
import { authorizationServer, client } from './config';

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

/** What a callback turned out to be. */
export type CallbackResult =
  | { readonly kind: 'code'; readonly code: ValidatedCode }
  | { readonly kind: 'cancelled' | 'not_silent' | 'under_14' | 'misconfigured' | 'unavailable' | 'invalid' };

/** Makes the secrets of a new login flow. */
export function createFlowSecrets(): FlowSecrets {
  return {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    codeVerifier: oauth.generateRandomCodeVerifier(),
  };
}

/** What is asked of Kakao beyond a plain login. */
export interface AuthorizationOptions {
  readonly prompt?: Prompt | undefined;
  /** Consent items to ask for now ("request additional consent"), beside those of every login. */
  readonly scope?: readonly string[];
}

/** The address of Kakao's authorize page for this flow (rest-api, "Request authorization code"). */
export async function authorizationUrl(
  config: KakaoConfig,
  flow: FlowSecrets,
  { prompt, scope = [] }: AuthorizationOptions = {},
): Promise<string> {
  // The scope of every login comes first, so that `openid` is there whenever ID tokens are in use.
  const scopes = [...new Set([...(config.scope?.split(' ') ?? []), ...scope])].join(' ');
  const url = new URL('/oauth/authorize', config.authOrigin);
  url.search = new URLSearchParams({
    client_id: config.clientId,
    redirect_uri: config.redirectUri,
    response_type: 'code',
    state: flow.state,
    nonce: flow.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(flow.codeVerifier),
    code_challenge_method: 'S256',
    ...(scopes ? { scope: scopes } : {}),
    ...(prompt ? { prompt } : {}),
  }).toString();
  return url.href;
}

/**
 * Judges the query of a callback against the `state` of its flow. The only maker of a
 * {@link ValidatedCode}: without one there is no exchange. Kakao's description is looked at, never kept.
 */
export function readCallback(config: KakaoConfig, query: URLSearchParams, state: string): CallbackResult {
  try {
    const validated = oauth.validateAuthResponse(authorizationServer(config), client(config), query, state);
    if (!validated.get('code') || validated.getAll('code').length > 1) return { kind: 'invalid' };
    return { kind: 'code', code: validated as ValidatedCode };
  } catch (error) {
    if (error instanceof oauth.AuthorizationResponseError) return { kind: refusal(error) };
    return { kind: 'invalid' };
  }
}

function refusal(
  error: oauth.AuthorizationResponseError,
): Exclude<CallbackResult['kind'], 'code' | 'invalid'> {
  if (error.error === 'access_denied') {
    return /under age 14/i.test(error.error_description ?? '') ? 'under_14' : 'cancelled';
  }
  const silent = ['login_required', 'consent_required', 'interaction_required'];
  if (silent.includes(error.error)) return 'not_silent';
  return error.error === 'server_error' || error.error === 'temporarily_unavailable'
    ? 'unavailable'
    : 'misconfigured';
}
