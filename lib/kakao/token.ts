import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import type { FlowSecrets, ValidatedCode } from './authorize';
import { authorizationServer, client, type KakaoConfig, requiresIdToken } from './config';
import { KakaoError, readOAuthError } from './errors';
import { type HttpAnswer, send } from './http';
import { verifyIdTokenSignature } from './id-token';

/**
 * What a code was exchanged for. `subject` is the `sub` of a verified ID token, if one came; `granted` are the consent
 * items that the person has agreed to, as far as Kakao says.
 */
export interface KakaoTokens extends IssuedTokens {
  readonly subject: string | null;
  readonly granted: readonly string[];
}

/**
 * Exchanges an authorization code for Kakao's tokens (rest-api, "Request token"; RFC 6749 4.1.3,
 * RFC 7636 4.5). Sent once: a code works once. An ID token that comes, asked for or not, must hold.
 *
 * @throws KakaoError `code_rejected`, `misconfigured`, `id_token_invalid`, `unavailable`
 */
export async function exchangeCode(
  config: KakaoConfig,
  code: ValidatedCode,
  flow: FlowSecrets,
  deadline: number,
): Promise<KakaoTokens> {
  const grant = {
    grant_type: 'authorization_code',
    redirect_uri: config.redirectUri,
    code: code.get('code') ?? '',
    code_verifier: flow.codeVerifier,
  };
  const answer = await postGrant(config, grant, deadline);
  const hasIdToken = tokenBody.safeParse(answer.body).data?.id_token !== undefined;
  const tokens = await judge(config, answer, hasIdToken || requiresIdToken(config) ? flow.nonce : null);
  const issued = { ...issuedTokens(tokens), granted: tokens.scope?.split(' ') ?? [] };
  if (!tokens.id_token) return { ...issued, subject: null };
  await verifyIdTokenSignature(config, tokens.id_token, deadline);
  return { ...issued, subject: oauth.getValidatedIdTokenClaims(tokens)?.sub ?? null };
}

const tokenBody = z.object({ access_token: z.string().min(1), id_token: z.unknown().optional() });

/** The generic rules of a token answer and of the claims of an ID token, by certified code. */
async function judge(config: KakaoConfig, answer: TokenAnswer, expectedNonce: string | null) {
  try {
    return await oauth.processAuthorizationCodeResponse(
      authorizationServer(config),
      client(config),
      toResponse(answer),
      expectedNonce === null ? {} : { expectedNonce, requireIdToken: true },
    );
  } catch (cause) {
    if (expectedNonce !== null && tokenBody.safeParse(answer.body).success) {
      throw new KakaoError('id_token_invalid', 'the ID token is missing or does not hold', { cause });
    }
    throw nonsense(cause);
  }
}

/**
 * A new access token for a refresh token (rest-api, "Refresh token"; RFC 6749 6). Kakao sends a new refresh token only
 * when the old one has less than a month left; then the old one is dead. Sent once: a rotation that got lost must not
 * be followed by a second one.
 *
 * @throws KakaoError `code_rejected` (KOE322: the refresh token is dead), `misconfigured`, `unavailable`
 */
export async function refreshTokens(
  config: KakaoConfig,
  refreshToken: string,
  deadline: number,
): Promise<IssuedTokens> {
  const grant = { grant_type: 'refresh_token', refresh_token: refreshToken };
  const answer = await postGrant(config, grant, deadline);
  const [as, us] = [authorizationServer(config), client(config)];
  try {
    return issuedTokens(await oauth.processRefreshTokenResponse(as, us, toResponse(answer)));
  } catch (cause) {
    throw nonsense(cause);
  }
}

/** A 200 answer of the token endpoint, and its body as JSON. */
export interface TokenAnswer {
  readonly answer: HttpAnswer;
  readonly body: unknown;
}

/** Lifetimes in seconds, the refresh token as far as one came. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly expiresIn: number;
  readonly refreshToken: string | null;
  readonly refreshExpiresIn: number | null;
}

/** What Kakao's documents say of a refresh token whose lifetime did not come with it: 60 days. */
const refreshSeconds = 60 * 24 * 3_600;
const accessSeconds = 6 * 3_600;

/**
 * Posts one grant to Kakao's token endpoint, with the client's credentials in the form (`client_secret_post`, the only
 * method that Kakao reads). Sent once.
 *
 * @throws KakaoError as {@link readOAuthError}
 */
export async function postGrant(
  config: KakaoConfig,
  fields: Readonly<Record<string, string>>,
  deadline: number,
): Promise<TokenAnswer> {
  const form = new URLSearchParams({
    ...fields,
    client_id: config.clientId,
    ...(config.clientSecret ? { client_secret: config.clientSecret } : {}),
  });
  const url = `${config.authOrigin}/oauth/token`;
  const answer = await send({ method: 'POST', url, body: form.toString(), timeoutMs: 3_000, deadline });
  const body = readJson(answer);
  if (answer.status !== 200) throw readOAuthError(answer.status, body);
  return { answer, body };
}

/** The answer as the certified code wants to see it. */
export function toResponse({ answer }: TokenAnswer): Response {
  return new Response(answer.body, { headers: { 'content-type': answer.contentType } });
}

/** The tokens in a judged answer. */
export function issuedTokens(tokens: oauth.TokenEndpointResponse): IssuedTokens {
  const refreshExpiresIn = tokens['refresh_token_expires_in'];
  return {
    accessToken: tokens.access_token,
    expiresIn: tokens.expires_in ?? accessSeconds,
    refreshToken: tokens.refresh_token ?? null,
    refreshExpiresIn:
      tokens.refresh_token === undefined
        ? null
        : typeof refreshExpiresIn === 'number'
          ? refreshExpiresIn
          : refreshSeconds,
  };
}

/** An answer that breaks the protocol. */
export function nonsense(cause: unknown): KakaoError {
  return new KakaoError('unavailable', 'Kakao answered the token request with nonsense', { cause });
}

function readJson(answer: HttpAnswer): unknown {
  try {
    return JSON.parse(answer.body);
  } catch {
    return undefined;
  }
}
